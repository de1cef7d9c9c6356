package org.pyparallel.workload;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;

/// Hands out the shards of one input, in order, once. Safe for use by several threads.
public interface ShardSource extends AutoCloseable {
  /// The next shard; waits for a slow stream.
  ///
  /// @return the shard, or null at the end of the input or after [#close]
  /// @throws PyParallelException.InputFailed if a source of the input cannot be read on; what was
  ///   handed out before stays valid, and the next call goes on with the source behind it
  @Nullable Shard next();

  /// Whether [#next] has a source left to ask, which may turn out to be empty.
  boolean goesOn();

  /// The size of the whole input in bytes (in items for `files`, `args` and `range`), where known
  /// before reading it.
  OptionalLong totalBytes();

  /// The number of shards, where known before the first one is handed out.
  OptionalLong shardCount();

  /// Ends the source: a waiting [#next] returns null. Idempotent; any thread.
  @Override
  void close();
}
