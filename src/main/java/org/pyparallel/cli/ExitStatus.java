package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport;

/// The exit statuses, all of them.
enum ExitStatus {
  /// All well, or the reader of standard output had seen enough.
  OK(0, "everything went well"),
  /// Some of the input could not be worked through.
  FAILED(1, "a record, a shard or teardown() failed, or the script could not be loaded"),
  /// The command line or a file named on it is wrong.
  USAGE(2, "wrong usage; nothing was run"),
  /// Not the user's fault, nor the script's.
  BROKEN(3, "the runtime, the input or the output failed, or an internal error"),
  /// The time was over (`--time-limit`); what timeout(1) says as well.
  TIME_LIMIT(124, "the run's time limit was reached"),
  /// The terminal went away; the shards under way came to their end.
  HUNG_UP(129, "drained after SIGHUP"),
  /// Stopped from the keyboard.
  INTERRUPTED(130, "interrupted (SIGINT)"),
  /// Stopped by another process.
  TERMINATED(143, "terminated (SIGTERM)");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// What the process exits with, 0 to 255.
  int code() {
    return code;
  }

  /// What it tells the user, in a few words.
  String meaning() {
    return meaning;
  }

  /// The status of a run that came to its end.
  ///
  /// @param signal what stopped it, or null if nothing did
  static ExitStatus of(RunReport report, @Nullable StopSignal signal) {
    return switch (report.end()) {
      case COMPLETE, OUTPUT_CLOSED -> hasFailures(report) ? FAILED : OK;
      case HALTED -> FAILED;
      case ENOUGH -> OK;
      case TIME_LIMIT -> TIME_LIMIT;
      case DRAINED -> HUNG_UP;
      case INTERRUPTED -> signal == null ? INTERRUPTED : signal.status();
    };
  }

  private static boolean hasFailures(RunReport report) {
    return report.failedShards() > 0 || report.failedRecords() > 0 || report.failedTeardowns() > 0;
  }

  /// The status of a run that could not start or go on.
  static ExitStatus of(PyParallelException failure) {
    return switch (failure) {
      case PyParallelException.Usage _ -> USAGE;
      case PyParallelException.ScriptFailed _, PyParallelException.ResultsDiffer _ -> FAILED;
      case PyParallelException.RuntimeFailed _,
          PyParallelException.InputFailed _,
          PyParallelException.OutputFailed _ ->
          BROKEN;
    };
  }
}
