package org.pyparallel.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// How fast shards were worked through lately, by CPU time. Used under the lock of whoever has it.
final class Speed {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long windowNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private long units;
  private long nanos;

  private record Sample(long units, long nanos) {}

  /// @param windowNanos how much CPU time the shards that count have taken, or a little more
  Speed(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /// A shard is done; older ones may count no more.
  void add(long moreUnits, long moreNanos) {
    samples.add(new Sample(moreUnits, moreNanos));
    units += moreUnits;
    nanos += moreNanos;
    while (isPast(samples.element())) {
      Sample oldest = samples.remove();
      units -= oldest.units();
      nanos -= oldest.nanos();
    }
  }

  /// Whether the others say enough without the oldest one, or say more: what took very long was the
  /// first one of code that was not compiled yet.
  private boolean isPast(Sample oldest) {
    boolean alone = samples.size() == 1;
    boolean outweighs = samples.size() > 2 && oldest.nanos() > windowNanos;
    return !alone && (outweighs || nanos - oldest.nanos() >= windowNanos);
  }

  void clear() {
    samples.clear();
    units = 0;
    nanos = 0;
  }

  /// How much CPU time it was taken from, in nanoseconds.
  long nanos() {
    return nanos;
  }

  /// Whether there is a window full of it.
  boolean isKnown() {
    return nanos >= windowNanos;
  }

  /// How much CPU time a shard takes, in nanoseconds; 0 where there is none.
  long perShard() {
    return samples.isEmpty() ? 0 : nanos / samples.size();
  }

  /// Units per second of CPU time; 0 where nothing is known.
  double perSecond() {
    return nanos == 0 ? 0 : units * SECOND / nanos;
  }
}
