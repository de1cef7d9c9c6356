package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Cuts one source (a file, a stream, a list) into pieces, in order. Used by one thread at a time.
interface Splitter extends AutoCloseable {
  /// The next piece, never an empty one; waits for a slow stream.
  ///
  /// @return the piece, or null at the end or after [#close]
  /// @throws PyParallelException.InputFailed if the source cannot be read on
  @Nullable Piece next();

  /// Ends it; a running [#next] comes back soon, and what it says then does not matter. Idempotent;
  /// any thread; returns at once.
  @Override
  void close();

  /// A shard that has no number yet.
  ///
  /// @param offset as in [org.pyparallel.job.Shard]
  /// @param firstRecord as in [org.pyparallel.job.Shard]
  /// @param firstLine as in [org.pyparallel.job.Shard]
  /// @param preamble as in [org.pyparallel.job.Shard]
  record Piece(long offset, long firstRecord, long firstLine, String preamble, ShardData data) {
    /// A piece of an input in which lines are records.
    Piece(long offset, long firstRecord, ShardData data) {
      this(offset, firstRecord, firstRecord, "", data);
    }

    Shard shard(long index, String source) {
      return new Shard(index, source, offset, firstRecord, firstLine, preamble, data);
    }
  }
}
