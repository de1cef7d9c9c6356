package org.pyparallel.workload;

import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// Decides where a stream is cut. Used by one thread at a time.
interface StreamCut {
  /// The rule that follows from what the user asked for.
  ///
  /// @param plan any but one with [Sharding.Count], which wants to know the size
  static StreamCut of(RunPlan plan, RecordEnds ends) {
    return plan.sharding() instanceof Sharding.Records(long records)
        ? new RecordCut(ends, records)
        : new BlockCut(ends, BlockSizes.ofStream(plan));
  }

  /// The size of the next shard in bytes.
  ///
  /// @return at least 1, or 0 when it takes more bytes to tell; always at least 1 at the end of the
  ///   stream while whole records are left
  int next(Unread unread);

  /// Waits until it can tell the next shard's size.
  default Cut next(ReadAhead input) {
    Unread unread = input.peek();
    int length = next(unread);
    while (length == 0 && !unread.ended()) {
      unread = input.await(worthWaiting(unread), patience(unread));
      length = next(unread);
    }
    return new Cut(unread, length);
  }

  /// How many bytes of whole records must be there before it makes sense to ask again.
  int worthWaiting(Unread unread);

  /// After how many nanoseconds to ask again even so; [Long#MAX_VALUE] for never.
  long patience(Unread unread);

  /// How many bytes may be read ahead of the cuts.
  int readAhead();

  /// What became of the wait for a shard.
  ///
  /// @param unread what was there at last
  /// @param length the shard's size in bytes, or 0 at the end of the stream
  record Cut(Unread unread, int length) {}
}
