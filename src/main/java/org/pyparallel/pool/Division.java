package org.pyparallel.pool;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.job.Shard;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.Slot;

/// A shard that becomes shorter while it is worked on, as tails of it are given away. Used under
/// the lock of whoever has it.
final class Division {
  private final MergeStage merge;
  private final boolean counted;
  private final Slot slot;
  private Shard shard;
  private long tailOffset = -1;

  /// @param counted whether offsets of the shard's source are in records, not in bytes
  Division(MergeStage merge, boolean counted, Shard shard, Slot slot) {
    this.merge = merge;
    this.counted = counted;
    this.shard = shard;
    this.slot = slot;
  }

  /// Gives a tail away.
  ///
  /// @param taker is offered the tail, and opens it only if it takes it
  /// @return whether it was taken
  boolean give(ShardCut cut, Predicate<Supplier<TailExchange.Tail>> taker) {
    DividedShard divided = DividedShard.of(shard, cut, counted);
    Shard tail = divided.tail();
    boolean given = taker.test(() -> new TailExchange.Tail(tail, merge.openTail(slot, tail)));
    if (given) {
      shard = divided.head();
      tailOffset = tail.offset();
    }
    return given;
  }

  /// What is left of the shard.
  Shard shard() {
    return shard;
  }

  /// Where the tail begins that comes right behind, see [Shard#offset]; -1 for none.
  long tailOffset() {
    return tailOffset;
  }
}
