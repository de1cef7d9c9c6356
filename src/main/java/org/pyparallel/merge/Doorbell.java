package org.pyparallel.merge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/// Where the writer of a [MergeStage] waits for something to write. All methods are called under
/// the stage's lock.
///
/// Waking a thread takes the kernel some 10 µs of CPU time on both sides, a fifth of what a shard
/// of a single line costs. So a writer that has just had work only dozes at first: nobody wakes it,
/// and what came meanwhile it finds all at once.
final class Doorbell {
  /// By how much results may be late; the kernel adds some 50 µs.
  private static final long DOZE_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

  private final Condition rung;
  private boolean busy;
  private boolean dozing;

  /// @param rung a condition of the stage's lock that nobody else uses
  Doorbell(Condition rung) {
    this.rung = rung;
  }

  /// The writer may have something to do. Wakes it, unless it dozes: then it looks soon by itself.
  void ring() {
    if (!dozing) {
      rung.signal();
    }
  }

  /// Something was written.
  void answered() {
    busy = true;
  }

  /// Waits until somebody rings; only for a moment, whether anybody does or not, where something
  /// was written since it waited last.
  ///
  /// @param soon whether somebody is at what is to be written next
  @SuppressWarnings("WaitNotInLoop") // whoever calls looks again for work, and calls again
  void await(boolean soon) {
    dozing = busy && soon;
    busy = false;
    if (!dozing) {
      rung.awaitUninterruptibly();
      return;
    }
    try {
      rung.awaitNanos(DOZE_NANOS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      dozing = false;
    }
  }
}
