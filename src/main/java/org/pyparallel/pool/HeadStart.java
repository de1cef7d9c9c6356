package org.pyparallel.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets workers wait while one is ahead of them on a runtime that compiles while it runs.
///
/// They wait as long as that one makes headway, each step of which gives it some more time: nobody
/// waits for ever, since a shard may take long whatever is compiled. Safe for use by several
/// threads.
final class HeadStart {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  /// How many times as long as another worker takes to become fast the one ahead must have to do.
  static final double WORTH = 2;

  /// How long is waited, in times of what opening the interpreter took: that tells how slow the
  /// machine is.
  private static final double OPENINGS = 1.5;

  private final LongSupplier clock;

  // Guarded by this.
  private final Pace pace;
  private long patienceNanos;
  private int waiting;
  private long until = Long.MAX_VALUE;
  private boolean over;

  /// @param patienceMillis how long the next shard of the one ahead may take at least
  /// @param clock nanoseconds since the run began
  HeadStart(long patienceMillis, LongSupplier clock) {
    this.patienceNanos = patienceMillis * MILLISECOND;
    this.clock = clock;
    this.pace = new Pace(clock);
  }

  /// Waits; for all workers but the one ahead.
  synchronized void await() {
    waiting++;
    try {
      long left = until - clock.getAsLong();
      while (!over && left > 0) {
        wait(1 + left / MILLISECOND);
        left = until - clock.getAsLong();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts a worker wants it to get on
    } finally {
      waiting--;
    }
  }

  synchronized boolean isAwaited() {
    return waiting > 0;
  }

  /// The one ahead opens its interpreter, which is given so long.
  synchronized void opens(long millis) {
    until = clock.getAsLong() + millis * MILLISECOND;
  }

  /// The interpreter of the one ahead is open.
  ///
  /// @param nanos how long that took
  synchronized void opened(long nanos) {
    pace.opened(nanos);
    patienceNanos = Math.max(patienceNanos, (long) (OPENINGS * nanos));
    goOn();
  }

  /// The one ahead has worked through so much of the input.
  synchronized void ran(long units) {
    pace.ran(units);
  }

  /// The one ahead needs more time.
  synchronized void goOn() {
    until = clock.getAsLong() + patienceNanos;
    notifyAll();
  }

  /// Nobody waits until the one ahead needs more time again.
  synchronized void release() {
    until = clock.getAsLong();
    notifyAll();
  }

  /// Whether the one ahead becomes no faster.
  synchronized boolean isSettled() {
    return pace.isSettled();
  }

  /// Whether another worker is a gain, which first takes as long as the one ahead has until it is
  /// as fast, and takes processors from that one meanwhile.
  ///
  /// Measured on two cores with jobs of 55 s of CPython's CPU time: n-body takes 7.6 s with one
  /// worker and 10.4 s with two, the prime loop 5.7 s and 6.6 s.
  ///
  /// @param left how much is left of the input
  synchronized boolean isWorthJoining(double left) {
    return pace.isSettled() && pace.seconds(left) > WORTH * pace.costSeconds();
  }

  synchronized boolean isOver() {
    return over;
  }

  /// Nobody waits any more.
  synchronized void end() {
    over = true;
    notifyAll();
  }
}
