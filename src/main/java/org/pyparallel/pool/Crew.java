package org.pyparallel.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The workers of a run. Worker threads are daemons, so that one stuck in a C function cannot keep
/// the process alive. Safe for use by several threads.
final class Crew {
  /// Python recursion and C extensions need deep stacks.
  private static final long STACK_BYTES = 16 << 20;

  /// How long a stopped run waits for its workers, in milliseconds.
  private static final long GRACE_MILLIS = 500;

  private final Run run;

  // Guarded by this.
  private final List<Worker> workers = new ArrayList<>();
  private int active;

  Crew(Run run) {
    this.run = run;
  }

  /// Starts a worker, unless there are enough of them or the run is stopped.
  synchronized void start(int number) {
    if (number < run.plan().workers() && !run.isStopped()) {
      start(new Worker(run, number, null));
    }
  }

  /// Starts a worker in place of one that does not come back, and forgets that one.
  ///
  /// @param unfinished the shard it was at
  synchronized void replace(Worker lost, ShardRun unfinished) {
    forget(lost);
    if (run.isStopped()) {
      notifyAll(); // nobody waits for the shard
    } else {
      start(new Worker(run, lost.number(), unfinished));
    }
  }

  private void start(Worker worker) {
    workers.add(worker);
    active++;
    Thread thread = new Thread(null, worker, "worker-" + worker.number(), STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /// A worker has ended.
  ///
  /// Nothing happens where it had taken its leave before.
  synchronized void done(Worker worker) {
    if (forget(worker) && active == 0) {
      run.merge().finish();
    }
    notifyAll();
  }

  private boolean forget(Worker worker) {
    boolean known = workers.remove(worker);
    if (known) {
      active--;
    }
    return known;
  }

  /// Those that there are at the moment.
  synchronized List<Worker> workers() {
    return List.copyOf(workers);
  }

  /// Asks the script to stop, in all workers, and has whoever waits for them look at the clock.
  void interrupt() {
    for (Worker worker : workers()) {
      worker.interrupt();
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /// Waits until all workers are gone; not for ever once the run is stopped.
  synchronized void await() {
    long deadline = 0;
    boolean interrupted = false;
    while (active > 0) {
      long wait = 0;
      if (run.isStopped()) {
        long now = System.nanoTime();
        if (deadline == 0) {
          deadline = now + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        }
        wait = TimeUnit.NANOSECONDS.toMillis(deadline - now);
        if (wait <= 0) {
          break;
        }
      }
      try {
        wait(wait);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What each worker is doing, by number.
  String stacks() {
    List<Worker> all = new ArrayList<>(workers());
    all.sort((a, b) -> Integer.compare(a.number(), b.number()));
    StringBuilder text = new StringBuilder();
    for (Worker worker : all) {
      ShardRun shard = worker.shard();
      text.append(text.isEmpty() ? "" : "\n").append("worker ").append(worker.number());
      String stack = shard == null ? worker.interpreters().stack() : shard.stack();
      String without = stack.isEmpty() ? "no shard" : "loading the script";
      text.append(": ").append(shard == null ? without : shard.description());
      indent(text, stack);
    }
    return text.isEmpty() ? "no worker" : text.toString();
  }

  private static void indent(StringBuilder text, String stack) {
    if (stack.isEmpty()) {
      return;
    }
    for (String line : stack.split("\n", -1)) {
      text.append("\n  ").append(line);
    }
  }
}
