package org.pyparallel.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets one worker go ahead where a runtime compiles while it runs.
///
/// Until the hot code is compiled, further workers would only take the processor from the compiler:
/// they interpret, a hundred times more slowly. So others wait until that worker has its
/// interpreter open and its first shard done, but not for ever: a shard may take long whatever is
/// compiled.
///
/// Measured on two cores with 48 s of CPython's CPU time in a prime loop, all of them on GraalPy:
/// 8.4 s instead of 10.3 s.
final class HeadStart {
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch warm = new CountDownLatch(1);
  private final long openingMillis;
  private final long warmingMillis;

  private HeadStart(long openingMillis, long warmingMillis) {
    this.openingMillis = openingMillis;
    this.warmingMillis = warmingMillis;
  }

  /// That of the first worker of a run, whose interpreter all others wait for.
  ///
  /// @param wanted false to let nobody wait
  static HeadStart ofFirst(boolean wanted) {
    HeadStart start = new HeadStart(Long.MAX_VALUE, 2_500);
    if (!wanted) {
      start.end();
    }
    return start;
  }

  /// That of a worker that moves to another runtime, while others could go on.
  static HeadStart ofMoving() {
    return new HeadStart(3_000, 2_000);
  }

  /// Waits; for all workers but the one ahead.
  void await() {
    try {
      if (!opened.await(openingMillis, TimeUnit.MILLISECONDS)
          || !warm.await(warmingMillis, TimeUnit.MILLISECONDS)) {
        end();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts a worker wants it to get on
    }
  }

  /// The interpreter of the one ahead is open.
  void opened() {
    opened.countDown();
  }

  /// The one ahead is warm, or it is over: nobody waits any more.
  void end() {
    opened.countDown();
    warm.countDown();
  }
}
