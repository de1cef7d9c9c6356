package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about what runs, on how much of the input at a time, and by whom.
final class WorkFlags {
  static final RunOption CALL =
      RunOption.text(
          Section.PROGRAM,
          "NAME",
          "Call this function of the script, once per record, instead of going by what the script"
              + " defines.",
          "--call");
  static final RunOption EXPLAIN =
      RunOption.flag(
          Section.PROGRAM,
          "Print the script that the expression stands for, which \"pyparallel run\" takes, and run"
              + " nothing.",
          "--explain");
  static final RunOption SHARE =
      RunOption.text(
          Section.PROGRAM,
          "NAME=FILE",
          "Let every interpreter see FILE as pyparallel.shared.NAME, held in memory once. May be"
              + " repeated.",
          "--share");
  static final RunOption NUMBERED =
      RunOption.flag(
          Section.PROGRAM,
          "Let every shard know how many records come before it, for pyparallel.record.number;"
              + " reads the input on one core.",
          "--numbered");
  static final RunOption BLOCK =
      RunOption.text(
          Section.SHARDING,
          "SIZE",
          "Shards of about this many bytes, rounded up to whole records. K, M and G count in 1024,"
              + " k, m and g in 1000. Default: by the size of the input.",
          "--block");
  static final RunOption SHARDS =
      RunOption.text(
          Section.SHARDING,
          "N",
          "This many shards of about equal size; needs input files.",
          "--shards");
  static final RunOption RECORDS_PER_SHARD =
      RunOption.text(
          Section.SHARDING, "N", "Shards of exactly N records.", "-N", "--records-per-shard");
  static final RunOption WORKERS =
      RunOption.text(
          Section.WORKERS,
          "N",
          "How many interpreters run at once: a number, a share of the cores (50%), or a few more"
              + " or fewer than there are cores (+1, -1). Default: one per core this process may"
              + " use.",
          "-j",
          "--workers");
  static final RunOption CONCURRENCY =
      RunOption.text(
          Section.WORKERS,
          "N",
          "How many records an async def process works on at once in each interpreter, 1 to 10000;"
              + " no more results wait for their turn. Default: 100.",
          "--concurrency");
  static final RunOption RUNTIME =
      RunOption.choice(
          Section.WORKERS,
          "NAME",
          List.of("auto", "cpython", "graalpy", "process"),
          "Which Python runs the script: cpython starts at once and knows the whole standard"
              + " library, graalpy compiles hot loops and takes a while to warm up, process is a"
              + " CPython process per worker: every extension module works, and a crash costs one"
              + " shard. Default: auto, which starts on cpython and moves to graalpy where that turns"
              + " out to be faster on this very job; or what --python, --venv or --sandbox need. A"
              + " script may say it too, in a comment at its top: # pyparallel: runtime=NAME.",
          "--runtime");
  static final RunOption NO_TIER_UP =
      RunOption.flag(
          Section.WORKERS,
          "Stay on cpython where --runtime is auto, and do not find out whether graalpy is faster.",
          "--no-tier-up");

  private WorkFlags() {}

  static List<RunOption> all() {
    return List.of(
        CALL,
        EXPLAIN,
        SHARE,
        NUMBERED,
        BLOCK,
        SHARDS,
        RECORDS_PER_SHARD,
        WORKERS,
        CONCURRENCY,
        RUNTIME,
        NO_TIER_UP);
  }
}
