package org.pyparallel.pool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets the first worker go ahead where a runtime compiles while it runs.
///
/// Until the hot code is compiled, further workers would only take the processor from the compiler:
/// they interpret, a hundred times more slowly. So they open their interpreters when the first
/// worker has its first shard done, or some time after it could have begun, for a shard may take
/// long whatever is compiled.
///
/// Measured on two cores with 48 s of CPython's CPU time in a prime loop: 8.4 s instead of 10.3 s.
final class HeadStart {
  private static final long LONGEST_MILLIS = 2_500;

  private final CountDownLatch opened;
  private final CountDownLatch warm;

  /// @param wanted false to let nobody wait
  HeadStart(boolean wanted) {
    opened = new CountDownLatch(wanted ? 1 : 0);
    warm = new CountDownLatch(wanted ? 1 : 0);
  }

  /// Waits; for all workers but the first.
  void await() {
    try {
      opened.await();
      if (!warm.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS)) {
        warm.countDown();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts a worker wants it to get on
    }
  }

  /// The first worker's interpreter is open.
  void opened() {
    opened.countDown();
  }

  /// The first worker has done a shard, or it is over: nobody waits any more.
  void end() {
    opened.countDown();
    warm.countDown();
  }
}
