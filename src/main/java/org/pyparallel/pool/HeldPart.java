package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.pyparallel.interpreter.ShardCut;

/// The output of an attempt on the faster runtime, held back until it is known whether it counts.
/// Tails are given away all the same: where the attempt is in vain, what is left is made again.
final class HeldPart implements AttemptOutput {
  private final TailTakers takers;
  private final HeldOutput held;

  // Guarded by this.
  private final Division division;
  private boolean refused;

  HeldPart(TailTakers takers, Division division, HeldOutput held) {
    this.takers = takers;
    this.division = division;
    this.held = held;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    return held.write(chunk);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    return held.reject(chunk);
  }

  @Override
  public void loaded(ByteBuffer bytes) {
    held.loaded(bytes);
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
  public void refuse() {
    synchronized (this) {
      refused = true;
    }
    held.refuse();
  }

  @Override
  public long waitedNanos() {
    return 0;
  }

  @Override
  public HeldOutput held() {
    return held;
  }

  @Override
  public synchronized Division division() {
    return division;
  }

  @Override
  public void drop() {
    held.drop();
  }
}
