package org.pyparallel.pool;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Does things when their time has come, each on a thread of its own: what is to be done may take
/// long itself, and must not keep others waiting. All threads are daemons; the one that watches the
/// clock is started with the first deadline. Safe for use by several threads.
final class Deadlines implements AutoCloseable {
  private final Run run;
  private @Nullable ScheduledThreadPoolExecutor clock;
  private boolean closed;

  /// @param run fails with what an action throws
  Deadlines(Run run) {
    this.run = run;
  }

  /// As many nanoseconds, or as many as there can be.
  static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException _) {
      return Long.MAX_VALUE; // some centuries
    }
  }

  /// A deadline that has been set.
  interface Deadline {
    /// Takes it back, unless its time has come already.
    void cancel();
  }

  /// Sets a deadline; after [#close] it never comes.
  Deadline in(long nanos, Runnable action) {
    try {
      Future<?> pending = clock().schedule(() -> start(action), nanos, TimeUnit.NANOSECONDS);
      return () -> pending.cancel(false);
    } catch (RejectedExecutionException _) {
      return () -> {};
    }
  }

  private synchronized ScheduledThreadPoolExecutor clock() {
    if (closed) {
      throw new RejectedExecutionException();
    }
    if (clock == null) {
      clock = new ScheduledThreadPoolExecutor(1, daemons("deadlines"));
      clock.setRemoveOnCancelPolicy(true);
    }
    return clock;
  }

  private void start(Runnable action) {
    daemons("deadline")
        .newThread(
            () -> {
              try {
                action.run();
              } catch (Throwable e) {
                run.fail(new RuntimeFailed("the watchdog broke: " + e, e));
              }
            })
        .start();
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /// No further deadline comes. Idempotent.
  @Override
  public synchronized void close() {
    closed = true;
    if (clock != null) {
      clock.shutdownNow();
    }
  }
}
