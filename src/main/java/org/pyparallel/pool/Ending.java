package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport;

/// Why a run ends, once it is known: because it fails, because its input is at its end, or before
/// that. Safe for use by several threads.
final class Ending {
  // Guarded by this; the first of each counts.
  private @Nullable PyParallelException failure;
  private PyParallelException.@Nullable InputFailed brokenInput;
  private RunReport.End end = RunReport.End.COMPLETE;
  private boolean exhausted;

  /// The run fails.
  synchronized void fails(PyParallelException trouble) {
    if (failure == null) {
      failure = trouble;
    }
  }

  /// A source of the input could not be read to its end.
  synchronized void inputBroke(PyParallelException.InputFailed broken) {
    if (brokenInput == null) {
      brokenInput = broken;
    }
  }

  /// All shards have been taken.
  synchronized void exhausted() {
    exhausted = true;
  }

  /// The run ends before its input does. What cuts it off counts more than what lets it end.
  synchronized void ends(RunReport.End why) {
    boolean drainedTooLate = why == RunReport.End.DRAINED && exhausted;
    if (!drainedTooLate && rank(why) > rank(end)) {
      end = why;
    }
  }

  private static int rank(RunReport.End end) {
    return switch (end) {
      case COMPLETE -> 0;
      case DRAINED -> 1;
      case HALTED, ENOUGH -> 2;
      case INTERRUPTED, TIME_LIMIT, OUTPUT_CLOSED -> 3;
    };
  }

  synchronized RunReport.End end() {
    return end;
  }

  /// Null unless the run fails.
  synchronized @Nullable PyParallelException failure() {
    return failure;
  }

  /// What the run fails with after all, because not all of the input could be read: null where it
  /// could, or where the run was to end before.
  synchronized PyParallelException.@Nullable InputFailed brokenInput() {
    boolean early = rank(end) > 0 && end != RunReport.End.OUTPUT_CLOSED;
    return early && end != RunReport.End.ENOUGH ? null : brokenInput;
  }
}
