package org.pyparallel.pool;

import java.util.function.Consumer;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.ResultSink;
import org.pyparallel.workload.ShardSource;

/// Runs one plan from its first shard to its last.
public final class Runner {
  /// @param listener told of everything that happens; called by several threads, one at a time, and
  ///     expected to return quickly
  public Runner(
      RunPlan plan,
      Runtime runtime,
      ShardSource source,
      ResultSink sink,
      Consumer<RunEvent> listener) {}

  /// Runs to the end. The calling thread becomes the writer.
  ///
  /// @throws org.pyparallel.job.PyParallelException if the run cannot start or go on
  public RunReport run() {
    throw new UnsupportedOperationException();
  }

  /// Stops the run: no further shard starts, running ones are interrupted. Returns at once; any
  /// thread.
  public void stop() {}
}
