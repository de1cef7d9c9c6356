package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.merge.Slot;

/// The output of a shard on its way to its slot while it is being made; the shard itself may become
/// shorter meanwhile, where a tail of it is given away.
final class DivisibleOutput implements AttemptOutput {
  private final TailTakers takers;
  private final Slot slot;
  private final ShardOutput target;
  private final WaitingTime waiting = new WaitingTime();

  // Guarded by this: a shard may be cut short at the moment at which it gives a tail away.
  private final Division division;
  private boolean refused;

  /// @param takers who takes tails
  /// @param slot the shard's
  /// @param target where all goes that the shard gives: its slot, or what leads there
  DivisibleOutput(TailTakers takers, Division division, Slot slot, ShardOutput target) {
    this.takers = takers;
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
    return takers.isThereAny();
  }

  @Override
  public synchronized boolean give(ShardCut cut) {
    return !refused && division.give(cut, tail -> takers.give(cut, tail));
  }

  @Override
  public boolean sampled(int percent) {
    return takers.sampled(percent);
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
