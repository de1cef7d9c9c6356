package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.merge.Slot;

/// The output of a shard on its way to its slot while it is being made; the shard itself may become
/// shorter meanwhile, where a tail of it is given away.
final class DivisibleOutput implements AttemptOutput {
  private final @Nullable TailExchange exchange;
  private final Slot slot;
  private final ShardOutput target;
  private final WaitingTime waiting = new WaitingTime();

  // Guarded by this: a shard may be cut short at the moment at which it gives a tail away.
  private final Division division;
  private boolean refused;

  /// @param exchange who takes tails; null where none may be given
  /// @param slot the shard's
  /// @param target where all goes that the shard gives: its slot, or what leads there
  DivisibleOutput(
      @Nullable TailExchange exchange, Division division, Slot slot, ShardOutput target) {
    this.exchange = exchange;
    this.division = division;
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
    return exchange != null
        && !refused
        && division.give(cut, tail -> exchange.give(cut.millis(), tail));
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

  @Override
  public synchronized Division division() {
    return division;
  }
}
