package org.pyparallel.workload;

import org.pyparallel.job.Format;
import org.pyparallel.job.Sharding;

/// Decides where a stream is cut. Used by one thread at a time.
interface StreamCut {
  /// The rule that follows from what the user asked for.
  ///
  /// @param sharding any but [Sharding.Count], which wants to know the size
  /// @param format what the script gets; a file's name is worth more work than a line as long
  static StreamCut of(Sharding sharding, Format format, RecordEnds ends, int workers) {
    return switch (sharding) {
      case Sharding.Adaptive() when format == Format.FILES ->
          BlockCut.growing(ends, 1 << 10, 16 << 10, workers);
      case Sharding.Adaptive() ->
          BlockCut.growing(ends, 64 << 10, (int) FileCut.LARGEST_BLOCK, workers);
      case Sharding.Block(long bytes) -> BlockCut.ofSize(ends, bytes);
      case Sharding.Records(long records) -> new RecordCut(ends, records);
      case Sharding.Count _ -> throw new IllegalArgumentException("the size is not known");
    };
  }

  /// The size of the next shard in bytes.
  ///
  /// @return at least 1, or 0 when it takes more bytes to tell; always at least 1 at the end of the
  ///   stream while whole records are left
  int next(Unread unread);

  /// How many bytes of whole records must be there before it makes sense to ask again.
  int worthWaiting(Unread unread);

  /// After how many nanoseconds to ask again even so; [Long#MAX_VALUE] for never.
  long patience(Unread unread);

  /// How many bytes may be read ahead of the cuts.
  int readAhead();
}
