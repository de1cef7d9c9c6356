package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Shard;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.Slot;

/// The output of a shard that may be cut short while it is being worked on. For one thread, its
/// worker's.
final class DivisibleOutput implements ShardOutput {
  private final MergeStage merge;
  private final @Nullable TailExchange exchange;
  private final boolean counted;
  private final Slot slot;
  private Shard shard;
  private long tailOffset = -1;

  /// @param exchange who takes tails; null where none may be given
  /// @param counted whether offsets of the shard's source are in records, not in bytes
  DivisibleOutput(
      MergeStage merge, @Nullable TailExchange exchange, boolean counted, Shard shard, Slot slot) {
    this.merge = merge;
    this.exchange = exchange;
    this.counted = counted;
    this.shard = shard;
    this.slot = slot;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    return slot.write(chunk);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    return slot.reject(chunk);
  }

  @Override
  public boolean wanted() {
    return exchange != null && exchange.wanted();
  }

  @Override
  public boolean give(ShardCut cut) {
    if (exchange == null) {
      return false;
    }
    DividedShard divided = DividedShard.of(shard, cut, counted);
    Shard tail = divided.tail();
    boolean given =
        exchange.give(cut.millis(), () -> new TailExchange.Tail(tail, merge.openTail(slot, tail)));
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
