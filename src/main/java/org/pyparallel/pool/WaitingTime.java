package org.pyparallel.pool;

/// Adds up how long one thread has waited for others. [#begin] and [#end] are that thread's,
/// [#nanos] is anybody's.
final class WaitingTime {
  private long sum;
  private long since;
  private boolean waiting;

  synchronized void begin() {
    since = System.nanoTime();
    waiting = true;
  }

  synchronized void end() {
    sum += System.nanoTime() - since;
    waiting = false;
  }

  /// Until now, in nanoseconds.
  synchronized long nanos() {
    return waiting ? sum + System.nanoTime() - since : sum;
  }
}
