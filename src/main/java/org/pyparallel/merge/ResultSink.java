package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Where results go, in their final order. Called by one thread, the writer's.
public interface ResultSink {
  /// The next bytes of a shard's output. All bytes of a shard come in a row; with
  /// [org.pyparallel.job.Ordering#LINES] only those of a line do.
  ///
  /// @param chunk the bytes between position and limit; only valid during the call
  /// @throws ClosedOutputException if whoever read the results closed their end
  /// @throws IOException if they cannot be written
  void write(Shard shard, ByteBuffer chunk) throws IOException;

  /// A shard's output is complete; called once for every shard, with or without output.
  void endOfShard(ShardReport report) throws IOException;

  /// No chunk is ready: what the sink holds back should go out now. Called by the writer's thread
  /// before it waits.
  default void idle() throws IOException {}
}
