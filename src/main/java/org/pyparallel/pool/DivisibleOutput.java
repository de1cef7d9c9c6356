package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Shard;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.Slot;

/// The output of a shard on its way to its slot while it is being made; the shard itself may become
/// shorter meanwhile, where a tail of it is given away.
final class DivisibleOutput implements AttemptOutput {
  private final MergeStage merge;
  private final @Nullable TailExchange exchange;
  private final boolean counted;
  private final Slot slot;
  private final ShardOutput target;
  private final WaitingTime waiting = new WaitingTime();

  // Guarded by this: a shard may be cut short at the moment at which it gives a tail away.
  private Shard shard;
  private long tailOffset = -1;
  private boolean refused;

  /// @param exchange who takes tails; null where none may be given
  /// @param counted whether offsets of the shard's source are in records, not in bytes
  /// @param target where all goes that the shard gives: its slot, or what leads there
  DivisibleOutput(
      MergeStage merge,
      @Nullable TailExchange exchange,
      boolean counted,
      Shard shard,
      Slot slot,
      ShardOutput target) {
    this.merge = merge;
    this.exchange = exchange;
    this.counted = counted;
    this.shard = shard;
    this.slot = slot;
    this.target = target;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    waiting.begin();
    try {
      return target.write(chunk);
    } finally {
      waiting.end();
    }
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    waiting.begin();
    try {
      return target.reject(chunk);
    } finally {
      waiting.end();
    }
  }

  @Override
  public void loaded(ByteBuffer bytes) {
    target.loaded(bytes);
  }

  @Override
  public boolean wanted() {
    return exchange != null && exchange.wanted();
  }

  @Override
  public synchronized boolean give(ShardCut cut) {
    if (exchange == null || refused) {
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

  @Override
  public void refuse() {
    synchronized (this) {
      refused = true;
    }
    slot.refuse();
  }

  @Override
  public long waitedNanos() {
    return waiting.nanos();
  }

  @Override
  public void drop() {}

  /// What is left of the shard.
  synchronized Shard shard() {
    return shard;
  }

  /// Where the tail begins that comes right behind, see [Shard#offset]; -1 for none.
  synchronized long tailOffset() {
    return tailOffset;
  }
}
