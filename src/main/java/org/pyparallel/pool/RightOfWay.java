package org.pyparallel.pool;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets one worker give way to the one that goes ahead to the faster runtime.
///
/// That one takes two processors until it is warm, one of them for compilers: with one it takes
/// half as long again, which a job that moves cannot make up for. Used under the lock of [TierUp],
/// but for the waiting.
final class RightOfWay {
  private static final long OPENING_MILLIS = 3_000;
  private static final long PATIENCE_MILLIS = 2_500;

  /// How much faster is fast enough to be better off without somebody who takes a processor from
  /// the compilers.
  private static final double ALONE = 2.5;

  private final Room room;
  private final HeadStart headStart;
  private boolean wanted;

  /// @param clock nanoseconds since the run began
  RightOfWay(Room room, LongSupplier clock) {
    this.room = room;
    this.headStart = new HeadStart(PATIENCE_MILLIS, clock);
  }

  /// Somebody goes ahead.
  void begin() {
    wanted = room != Room.PLENTY;
    headStart.opens(OPENING_MILLIS);
  }

  /// What a worker waits for that may give way; null where it need not.
  @Nullable HeadStart give() {
    boolean gives = wanted;
    wanted = false;
    return gives ? headStart : null;
  }

  /// Whoever goes ahead has its interpreter.
  ///
  /// @param nanos how long that took
  void opened(long nanos) {
    headStart.opened(nanos);
  }

  /// Somebody there has worked through so much of the input.
  void ran(long units) {
    headStart.ran(units);
  }

  /// It is clear that it is faster there.
  ///
  /// @param gain how many times
  /// @param left how much is left of the input
  void proven(double gain, double left) {
    boolean alone = gain >= ALONE && !headStart.isWorthJoining(left);
    if (room == Room.NARROW && (alone || !headStart.isSettled())) {
      wanted = !headStart.isAwaited();
      headStart.goOn();
    } else {
      wanted = false;
      headStart.release();
    }
  }

  /// Whether others may follow, as far as there is room for them.
  ///
  /// @param left how much is left of the input
  boolean mayFollow(double left) {
    return room != Room.NARROW || headStart.isWorthJoining(left);
  }

  /// Nobody waits any more.
  void end() {
    wanted = false;
    headStart.end();
  }
}
