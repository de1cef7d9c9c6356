package org.pyparallel.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where one worker stands between two runtimes. Used under the lock of [TierUp].
final class Lane {
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /// From one state to the next, mostly in this order.
  enum State {
    /// It has not been on the faster runtime.
    HOME,
    /// It opens an interpreter there.
    OPENING,
    /// It is there, and its code is not yet as fast as it can be.
    TRYING,
    /// It is there to stay.
    MOVED,
    /// It has slowed down, and runs one shard at home to compare.
    COMPARING,
    /// It was there and will not go again.
    BACK
  }

  private final ArrayDeque<TailExchange.Tail> owed = new ArrayDeque<>();
  private final Speed speed = new Speed(WINDOW_NANOS);
  private State state = State.HOME;
  private long openedNanos;
  private long cpu;
  private long shards;
  private double earlierSpeed;

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  /// It has opened its interpreter there.
  ///
  /// @param now nanoseconds since the run began
  void opened(long now) {
    state = State.TRYING;
    openedNanos = now;
  }

  /// When that was.
  long openedNanos() {
    return openedNanos;
  }

  /// Whether what it takes next runs on the faster runtime.
  boolean isThere() {
    return state == State.TRYING || state == State.MOVED;
  }

  /// How fast it is there.
  Speed speed() {
    return speed;
  }

  /// How much CPU time it has used there, in nanoseconds.
  long cpu() {
    return cpu;
  }

  /// How many shards, or parts of them, it has run there.
  long shards() {
    return shards;
  }

  /// It has done a shard there.
  ///
  /// @param early until when, by its CPU time, its speed is remembered, to see whether it still
  ///   rises
  void ran(long units, long nanos, long early) {
    boolean isNew = cpu < early;
    cpu += nanos;
    shards++;
    speed.add(units, nanos);
    if (isNew) {
      earlierSpeed = speed.perSecond();
    }
  }

  /// Whether it has become a good deal faster since it was new.
  boolean isRising() {
    return speed.perSecond() > 1.5 * earlierSpeed;
  }

  /// A part of the shard that it is at, which it takes up itself.
  void owe(TailExchange.Tail tail) {
    owed.push(tail);
  }

  /// The part that comes next in the input; null where it owes none.
  TailExchange.@Nullable Tail takeOwed() {
    return owed.poll();
  }
}
