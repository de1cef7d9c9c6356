package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
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

  /// The next bytes of the shard's records that failed, in lines of JSON, which a chunk may end
  /// within. They come between the bytes of its output and before its end. Only a run that asks for
  /// them ([org.pyparallel.job.RunPlan#rejects]) has any.
  ///
  /// @param chunk as for [#write]
  /// @throws IOException if they cannot be written
  default void reject(Shard shard, ByteBuffer chunk) throws IOException {}

  /// A shard's output is complete; called once for every shard, with or without output.
  void endOfShard(ShardReport report) throws IOException;

  /// All shards have ended: what was kept until now goes out. Called by the writer's thread, once,
  /// and not where the run was stopped.
  ///
  /// @param stopped tells whether the run has been stopped meanwhile: the rest is not wanted
  default void complete(BooleanSupplier stopped) throws IOException {}

  /// How many bytes were passed on to be written, where that is not as many as came; else empty.
  default OptionalLong written() {
    return OptionalLong.empty();
  }

  /// No chunk is ready: what the sink holds back should go out now. Called by the writer's thread
  /// before it waits.
  default void idle() throws IOException {}
}
