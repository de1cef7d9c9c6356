package org.pyparallel.pool;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.pyparallel.job.Format;
import org.pyparallel.job.ShardReport;

/// Lets the first worker of a run go ahead, where its runtime compiles while it runs.
///
/// Until the hot code is compiled, further workers would only take the processor from the compiler:
/// they interpret, a hundred times more slowly. So they wait until the first one has its
/// interpreter open and a shard done; where processors are few, until it has become as fast as it
/// will, and then as long as it is done sooner without them. One that mostly waits is not waited
/// for.
///
/// Measured on two cores with 48 s of CPython's CPU time in a prime loop: 8.4 s instead of 10.3 s
/// where the others wait for the first shard. For the rest see [HeadStart#isWorthJoining].
/// Thread-safe.
final class FirstStart {
  private static final long PATIENCE_MILLIS = 2_500;

  /// Where processors are few. The first shard of n-body, which takes CPython 0.2 s, took 3.1 s.
  private static final long NARROW_PATIENCE_MILLIS = 4_500;

  /// Who spends so much less time on a processor than passes leaves it to others.
  private static final long IDLE = 4;

  private final HeadStart headStart;
  private final Room room;
  private final Format format;

  // Guarded by this.
  private final Backlog backlog;

  /// @param wanted false to let nobody wait
  /// @param format what a shard is measured in
  /// @param total how much there is to work through, where that is known
  /// @param clock nanoseconds since the run began
  FirstStart(boolean wanted, Room room, Format format, OptionalLong total, LongSupplier clock) {
    this.headStart =
        new HeadStart(room == Room.NARROW ? NARROW_PATIENCE_MILLIS : PATIENCE_MILLIS, clock);
    this.room = room;
    this.format = format;
    this.backlog = new Backlog(total);
    if (!wanted) {
      headStart.end();
    }
  }

  /// Waits; for all workers but the first.
  void await() {
    headStart.await();
  }

  /// The first one's interpreter is open.
  ///
  /// @param nanos how long that took
  void opened(long nanos) {
    headStart.opened(nanos);
  }

  /// The first one has done a shard.
  synchronized void ran(ShardReport report) {
    if (headStart.isOver()) {
      return;
    }
    long units = format.units(report.result().records(), report.shard().length());
    backlog.ran(units);
    headStart.ran(units);
    boolean idle = report.cpu().multipliedBy(IDLE).compareTo(report.wall()) < 0;
    if (room != Room.NARROW || idle || headStart.isWorthJoining(backlog.left())) {
      headStart.end();
    } else {
      headStart.goOn();
    }
  }

  /// Nobody waits any more.
  void end() {
    headStart.end();
  }
}
