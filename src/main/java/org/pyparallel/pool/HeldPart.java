package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.pyparallel.interpreter.ShardCut;

/// The output of an attempt on the faster runtime, held back until it is known whether it counts.
/// Tails are given to whoever has nothing left to do; and while it is not clear yet whether that
/// runtime is faster, one is put off after a while, so that this can be decided.
final class HeldPart implements AttemptOutput {
  private final TailExchange exchange;
  private final TierUp tierUp;
  private final int worker;
  private final HeldOutput held;
  private final long start = System.nanoTime();

  // Guarded by this.
  private final Division division;
  private boolean refused;

  /// @param worker who is at it
  HeldPart(TailExchange exchange, TierUp tierUp, int worker, Division division, HeldOutput held) {
    this.exchange = exchange;
    this.tierUp = tierUp;
    this.worker = worker;
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
    return exchange.wanted() || isSliceOver();
  }

  private boolean isSliceOver() {
    return tierUp.isSliceOver(worker, System.nanoTime() - start);
  }

  @Override
  public synchronized boolean give(ShardCut cut) {
    return !refused && division.give(cut, tail -> give(cut, tail));
  }

  private boolean give(ShardCut cut, Supplier<TailExchange.Tail> tail) {
    if (exchange.give(cut.millis(), tail)) {
      return true;
    }
    if (!isSliceOver()) {
      return false;
    }
    tierUp.owe(worker, tail.get());
    return true;
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
