package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about what is kept of a run, so that another one can go on with it.
final class JournalFlags {
  static final RunOption JOURNAL =
      RunOption.file(
          Section.JOURNAL,
          "DIR",
          "Keep each finished shard with its output in DIR, safely, so that the run can be resumed"
              + " after whatever ended it. With --unordered or --line-buffer a resumed run's results"
              + " are the same, but in another order.",
          "--journal");
  static final RunOption RESUME =
      RunOption.flag(
          Section.JOURNAL,
          "Take from the journal what it holds, and run only what is missing, failed or has changed"
              + " since: the script, its arguments, the options that matter or the input.",
          "--resume");
  static final RunOption RESUME_FAILED =
      RunOption.flag(
          Section.JOURNAL,
          "Like --resume, and run shards with records that failed again.",
          "--resume-failed");
  static final RunOption JOBLOG =
      RunOption.file(
          Section.JOURNAL,
          "FILE",
          "Log each shard that ends as a line of FILE, with the columns of GNU parallel's --joblog.",
          "--joblog");

  private static final List<RunOption> ALL = List.of(JOURNAL, RESUME, RESUME_FAILED, JOBLOG);

  private JournalFlags() {}

  static List<RunOption> all() {
    return ALL;
  }
}
