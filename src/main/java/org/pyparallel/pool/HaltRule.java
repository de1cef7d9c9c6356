package org.pyparallel.pool;

import org.pyparallel.job.Halt;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Counts shards that ended until there are as many as end the run. Safe for use by several
/// threads.
final class HaltRule {
  /// Percentages of fewer shards say nothing.
  private static final long FEWEST = 3;

  private final Halt halt;
  private long ended;
  private long counted;
  private boolean met;

  HaltRule(Halt halt) {
    this.halt = halt;
  }

  /// Counts a shard.
  ///
  /// @return whether the run ends with it; true once
  synchronized boolean isMetBy(ShardReport report) {
    ShardResult result = report.result();
    if (met || result instanceof ShardResult.Interrupted) {
      return false;
    }
    ended++;
    boolean failed = result instanceof ShardResult.Failed || result.failedRecords() > 0;
    boolean counts =
        switch (halt.what()) {
          case FAIL -> failed;
          case SUCCESS -> !failed;
          case DONE -> true;
        };
    if (counts) {
      counted++;
    }
    met =
        halt.percent()
            ? ended >= FEWEST && counted * 100 >= halt.count() * ended
            : counted >= halt.count();
    return met;
  }

  /// Whether the shards under way are interrupted.
  boolean isNow() {
    return halt.when() == Halt.When.NOW;
  }

  /// How the run ends.
  RunReport.End end() {
    return halt.what() == Halt.What.FAIL ? RunReport.End.HALTED : RunReport.End.ENOUGH;
  }
}
