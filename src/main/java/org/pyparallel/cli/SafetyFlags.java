package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about limits, and about what happens when something fails. Spellings are GNU
/// parallel's where it has one.
final class SafetyFlags {
  static final RunOption TIMEOUT =
      RunOption.text(
          Section.TROUBLE,
          "TIME",
          "Interrupt a shard that takes longer, and let it fail: 10 (seconds), 1.5, 500ms, 10s, 5m,"
              + " 2h or 1d. Or 200%, of what other shards took for as much input (the median, once"
              + " three have ended; never below a second).",
          "--timeout");
  static final RunOption TIME_LIMIT =
      RunOption.text(
          Section.TROUBLE,
          "TIME",
          "End the run when it has taken this long, with exit status 124.",
          "--time-limit");
  static final RunOption SETUP_TIMEOUT =
      RunOption.text(
          Section.TROUBLE,
          "TIME",
          "How long an interpreter may take to load the script and run its setup().",
          "--setup-timeout");
  static final RunOption ON_ERROR =
      RunOption.choice(
          Section.TROUBLE,
          "WHAT",
          List.of("record", "shard"),
          "What fails with a record for which a function raises: that record alone (record, the"
              + " default), or the rest of its shard as well (shard).",
          "--on-error");
  static final RunOption RETRIES =
      RunOption.text(
          Section.TROUBLE,
          "N",
          "Try what failed up to N more times, after a pause that doubles each time: a record alone"
              + " where it fails alone, else its shard, of which only the output of the last attempt"
              + " counts. Default: 0.",
          "--retries");
  static final RunOption BISECT =
      RunOption.flag(
          Section.TROUBLE,
          "Halve a shard that fails as a whole until the smallest part that fails is found, and work"
              + " through the rest. For filters and process_shard, and formats whose records end in"
              + " a line end or NUL.",
          "--bisect");
  static final RunOption HALT =
      RunOption.text(
          Section.TROUBLE,
          "WHEN,WHY=N",
          "End the run early: WHEN is now, which interrupts the shards under way, or soon, which"
              + " lets them end; WHY is fail, success or done, and N how many such shards, or N% of"
              + " those that ended (of three at least). now,fail=1 stops at the first failure."
              + " Default: never.",
          "--halt");
  static final RunOption MEMORY_LIMIT =
      RunOption.text(
          Section.TROUBLE,
          "SIZE",
          "How much memory the run may have, workers included, from 64M: reading pauses where there"
              + " is too little, and a worker above its share gets a new interpreter. Sizes as for"
              + " --block, also T and t.",
          "--memory-limit");
  static final RunOption WORKER_LIFESPAN =
      RunOption.text(
          Section.TROUBLE,
          "N",
          "Give a worker a new interpreter after every N shards, for scripts that leak.",
          "--worker-lifespan");

  static final RunOption REPL_ON_ERROR =
      RunOption.flag(
          Section.TROUBLE,
          "End the run at the first failure and open a shell (see \"repl\") inside the interpreter"
              + " that failed: in the script's module, with record, error and pdb.pm() at hand; the"
              + " exit status stays 1. Needs a terminal, and input from elsewhere. Implies"
              + " --on-error shard.",
          "--repl-on-error");

  private SafetyFlags() {}

  static List<RunOption> all() {
    return List.of(
        TIMEOUT,
        TIME_LIMIT,
        SETUP_TIMEOUT,
        ON_ERROR,
        REPL_ON_ERROR,
        RETRIES,
        BISECT,
        HALT,
        MEMORY_LIMIT,
        WORKER_LIFESPAN);
  }
}
