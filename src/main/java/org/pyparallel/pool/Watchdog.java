package org.pyparallel.pool;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;

/// Sees to it that a run waits for no shard for ever: cuts attempts short when their time is over,
/// or somebody else has a reason to, and gives up the worker where that does not help.
///
/// Lock order: none; every step of an attempt's end is one atomic step of [Attempt].
final class Watchdog {
  /// How often is looked where it is not known yet how long a shard may take.
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Run run;
  private final @Nullable ShardTimes times;
  private final long graceNanos;

  /// @param times how long shards may take; null for as long as they want
  /// @param graceNanos how long a worker may take to come back from an attempt that was cut
  Watchdog(Run run, @Nullable ShardTimes times, long graceNanos) {
    this.run = run;
    this.times = times;
    this.graceNanos = graceNanos;
  }

  /// Watches an attempt that is about to begin.
  ///
  /// @return to be cancelled when it is over; null where there is nothing to watch for
  @Nullable Watch watch(ShardRun shard, Attempt attempt) {
    if (times == null) {
      return null;
    }
    Watch watch = new Watch(times, shard, attempt);
    watch.look();
    return watch;
  }

  /// A shard has come to its end.
  void ended(Attempt attempt, long nanos) {
    if (times != null) {
      times.ended(attempt.shard(), nanos);
    }
  }

  /// Cuts an attempt short, and gives its worker up where it does not come back. Any thread;
  /// returns at once.
  ///
  /// @param why what the shard fails with; null where nobody wants it any more
  void cut(ShardRun shard, Attempt attempt, @Nullable PythonError why) {
    if (attempt.cut(why)) {
      run.deadlines().in(graceNanos, () -> giveUp(shard, attempt));
    }
  }

  private void giveUp(ShardRun shard, Attempt attempt) {
    if (attempt.giveUp()) {
      Worker lost = shard.worker();
      run.tally()
          .tell(
              new RunEvent.Notice(
                  "worker "
                      + lost.number()
                      + " does not come back from "
                      + shard.name()
                      + ": it is stuck in a C function, which nothing can interrupt; another takes"
                      + " its place, and its core stays busy until the run ends",
                  false));
      run.crew().replace(lost, shard);
    }
  }

  /// Waits for the end of an attempt's time, which may not be known yet, and which is longer while
  /// the attempt waits for others.
  final class Watch {
    private final ShardTimes limits;
    private final ShardRun shard;
    private final Attempt attempt;

    // Guarded by this.
    private Deadlines.@Nullable Deadline next;
    private boolean cancelled;

    private Watch(ShardTimes limits, ShardRun shard, Attempt attempt) {
      this.limits = limits;
      this.shard = shard;
      this.attempt = attempt;
    }

    private void look() {
      long limit = limits.limitNanos(attempt.shard());
      long left = limit == ShardTimes.UNKNOWN ? LOOK_NANOS : limit - attempt.activeNanos();
      if (left > 0) {
        lookAgainIn(left);
        return;
      }
      String stack = attempt.interpreter().stack();
      String message = limits.message(limit);
      String traceback = stack.isEmpty() ? "TimeoutError: " + message : stack;
      cut(shard, attempt, new PythonError(-1, "TimeoutError", message, List.of(), traceback));
    }

    private synchronized void lookAgainIn(long nanos) {
      if (!cancelled) {
        next = run.deadlines().in(nanos, this::look);
      }
    }

    /// The attempt is over.
    synchronized void cancel() {
      cancelled = true;
      if (next != null) {
        next.cancel();
      }
    }
  }
}
