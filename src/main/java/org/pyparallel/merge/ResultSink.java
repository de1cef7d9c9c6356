package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Where results go, in their final order. Called by one thread, the writer's.
public interface ResultSink {
  /// The next bytes of a shard's output. All bytes of a shard come in a row.
  ///
  /// @param chunk the bytes between position and limit; only valid during the call
  /// @throws IOException if they cannot be written; a closed pipe is one
  void write(Shard shard, ByteBuffer chunk) throws IOException;

  /// A shard's output is complete; called once for every shard, with or without output.
  void endOfShard(ShardReport report) throws IOException;
}
