package org.pyparallel.pool;

import java.util.concurrent.CountDownLatch;

/// Waits as a C function does: no interrupt ends it.
final class Stubborn {
  private Stubborn() {}

  static void await(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // goes on
      }
    }
  }
}
