package org.pyparallel.report;

import java.util.concurrent.locks.LockSupport;

/// A thread that does something ten times a second until it is stopped.
final class Ticker {
  private static final long PERIOD_NANOS = 100_000_000;

  private final Thread thread;
  private volatile boolean stopped;

  private Ticker(Runnable task) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("pyparallel-progress")
            .unstarted(
                () -> {
                  while (!stopped) {
                    LockSupport.parkNanos(PERIOD_NANOS);
                    if (!stopped) {
                      task.run();
                    }
                  }
                });
  }

  static Ticker start(Runnable task) {
    Ticker ticker = new Ticker(task);
    ticker.thread.start();
    return ticker;
  }

  /// Ends the thread soon; a task that is running is not waited for. Idempotent.
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
