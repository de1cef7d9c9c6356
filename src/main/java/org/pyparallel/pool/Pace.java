package org.pyparallel.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast workers get on, on a runtime that compiles while it runs, by the time that passes.
///
/// The first one is slow at first, and becomes faster by leaps. It has settled once it has become
/// no faster for a while. What it took until then is about what it takes every other worker, which
/// has code of its own to be compiled. Used under the lock of whoever has it.
final class Pace {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /// How long shards are looked at as one, and how many of these tell something.
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

  private static final int FEW = 2;

  /// A while, and how much of the time that opening the interpreter took, which is longer on a slow
  /// machine. Between the two tiers of a compiler code is as fast as before for half a second and
  /// more.
  private static final long WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final double OPENINGS = 0.8;

  /// How much faster is faster.
  private static final double FASTER = 1.25;

  private final LongSupplier clock;
  private long began;
  private long last;
  private long units;
  private int even;
  private long evenSince;
  private long whileNanos;
  private double best;
  private double lately;
  private boolean settled;
  private double costSeconds;

  /// @param clock nanoseconds since the run began
  Pace(LongSupplier clock) {
    this.clock = clock;
  }

  /// A worker has opened its interpreter.
  ///
  /// @param nanos how long that took
  void opened(long nanos) {
    last = clock.getAsLong();
    began = last - nanos;
    units = 0;
    whileNanos = Math.max(WHILE_NANOS, (long) (OPENINGS * nanos));
  }

  /// So much more of the input has been worked through.
  void ran(long more) {
    units += more;
    long now = clock.getAsLong();
    if (now - last < WINDOW_NANOS) {
      return;
    }
    lately = units * SECOND / (now - last);
    if (lately > FASTER * best) {
      even = 0;
      evenSince = last;
    } else {
      even++;
    }
    best = Math.max(best, lately);
    last = now;
    units = 0;
    if (!settled && even >= FEW && now - evenSince >= whileNanos) {
      settled = true;
      costSeconds = (evenSince - began) / SECOND;
    }
  }

  /// Whether it becomes no faster.
  boolean isSettled() {
    return settled;
  }

  /// How long it took from the first step of opening the interpreter until it was as fast as when
  /// it had settled; 0 as long as it has not.
  double costSeconds() {
    return costSeconds;
  }

  /// How long so much will take, at the speed of late; endless where nothing is known.
  double seconds(double left) {
    return lately == 0 ? Double.POSITIVE_INFINITY : left / lately;
  }
}
