package org.pyparallel.pool;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PythonError;

/// Keeps a run within an amount of memory: this process's, and what its workers have for
/// themselves.
///
/// Above the limit no further shards are begun, so that readers pause and what is there is written;
/// only when nothing runs is one let through, so that the run goes on, if slowly. Workers get new
/// interpreters meanwhile. Far above it for some time, a shard is ended that may be the cause.
///
/// One lock guards everything; it is not held while anything is asked or cut. Samples are taken by
/// a thread of its own, which [#start] starts.
final class MemoryWatch implements AutoCloseable {
  private static final long SAMPLE_MILLIS = 50;

  /// A shard is ended when the total was so far above the limit (in percent of it), for so long.
  private static final long FAR_PERCENT = 120;

  private static final long FAR_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Run run;
  private final long limit;
  private final Resident resident;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private boolean above;
  private boolean released;
  private boolean closed;

  /// Since when the total is far above the limit; 0 where it is not. The sampling thread's.
  private long farSince;

  /// @param limit in bytes
  /// @param resident tells how much memory this process has
  MemoryWatch(Run run, long limit, Resident resident) {
    this.run = run;
    this.limit = limit;
    this.resident = resident;
  }

  /// How much memory this process has, in bytes.
  @FunctionalInterface
  interface Resident {
    long bytes();
  }

  void start() {
    Thread thread = new Thread(this::watch, "memory");
    thread.setDaemon(true);
    thread.start();
  }

  /// Waits until one more shard may be begun. Whoever then has none, or is done with it, calls
  /// [#left].
  void admit() {
    lock.lock();
    try {
      while (above && inside > 0 && !released) {
        changed.awaitUninterruptibly();
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  void left() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Why a worker that has just done a shard should get a new interpreter; null if it need not.
  @Nullable String reasonToRenew(Interpreter interpreter) {
    long own = interpreter.memoryBytes();
    long share = limit / run.plan().workers();
    if (own > share) {
      return "the one before had " + size(own) + ", more than its share of --memory-limit";
    }
    return own == 0 && isAbove() ? "the run has more than --memory-limit" : null;
  }

  private boolean isAbove() {
    lock.lock();
    try {
      return above;
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      while (sample()) {
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (InterruptedException _) {
      // nobody does that
    }
  }

  private boolean sample() {
    List<Worker> workers = run.crew().workers();
    long total = resident.bytes();
    for (Worker worker : workers) {
      total += worker.interpreters().memoryBytes();
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      above = total > limit;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    long now = System.nanoTime();
    if (total <= limit / 100 * FAR_PERCENT) {
      farSince = 0;
    } else if (farSince == 0) {
      farSince = now;
    } else if (now - farSince >= FAR_NANOS && endOne(workers, total)) {
      farSince = 0; // what it had takes a while to go
    }
    return true;
  }

  /// Ends the shard that is most likely the cause.
  private boolean endOne(List<Worker> workers, long total) {
    ShardRun worst = null;
    long worstBytes = 0;
    for (Worker worker : workers) {
      ShardRun shard = worker.shard();
      if (shard == null || shard.attempt() == null) {
        continue;
      }
      long bytes = worker.interpreters().memoryBytes();
      if (worst == null
          || bytes > worstBytes
          || (bytes == worstBytes && shard.start() < worst.start())) {
        worst = shard;
        worstBytes = bytes;
      }
    }
    Attempt attempt = worst == null ? null : worst.attempt();
    if (worst == null || attempt == null) {
      return false;
    }
    String message =
        "the run took "
            + size(total)
            + " of memory, more than --memory-limit allows ("
            + size(limit)
            + "), and this shard was ended to free some: use fewer workers (-j), smaller shards"
            + " (--block), or a higher limit";
    PythonError error =
        new PythonError(-1, "MemoryError", message, List.of(), "MemoryError: " + message);
    run.watchdog().cut(worst, attempt, error);
    return true;
  }

  private static String size(long bytes) {
    long tenths = Math.round(bytes * 10.0 / (1 << 20));
    return tenths / 10 + "." + tenths % 10 + " MiB";
  }

  /// Nobody waits any more: there are no further shards.
  void release() {
    lock.lock();
    try {
      released = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// No further samples are taken, and nobody waits. Idempotent.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      released = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
