package org.pyparallel.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Shard;
import org.pyparallel.merge.Slot;

/// Where workers that find the source exhausted wait for others to give them a part of what they
/// are at.
///
/// A worker is busy from [#enter] on, and idle from its call of [#await] until a tail is its own:
/// it is busy again from the moment the tail is given, not when it wakes up. So when nobody is
/// busy, nothing can be given any more, and all leave. A tail goes to one idle worker, which was
/// chosen before the tail's slot was opened: no slot waits for a worker, and nobody who gives waits
/// at all.
///
/// A worker without an interpreter has to open one first. It is chosen last, and only where that
/// pays: if half of what is left takes longer than opening one took others.
///
/// One lock guards everything. The merge stage's is taken inside it, never the other way round.
final class TailExchange {
  /// A tail and its place in the output.
  record Tail(Shard shard, Slot slot) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Idle> ready = new ArrayDeque<>();
  private final ArrayDeque<Idle> unopened = new ArrayDeque<>();
  private int busy;
  private long openingMillis;
  private boolean stopped;

  /// Whether somebody is idle; written under the lock.
  private volatile boolean wanted;

  /// A worker that waits.
  private static final class Idle {
    private @Nullable Tail given;
  }

  /// A worker is about to ask the source for its first shard.
  void enter() {
    lock.lock();
    try {
      busy++;
    } finally {
      lock.unlock();
    }
  }

  /// A worker has opened its interpreter.
  ///
  /// @param nanos how long that took
  void opened(long nanos) {
    lock.lock();
    try {
      openingMillis = Math.max(openingMillis, TimeUnit.NANOSECONDS.toMillis(nanos));
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a tail; for a busy worker that has nothing left to do.
  ///
  /// @param open whether it has an interpreter
  /// @return the tail, with which it is busy; null when there will be none
  @Nullable Tail await(boolean open) {
    Idle self = new Idle();
    ArrayDeque<Idle> queue = open ? ready : unopened;
    lock.lock();
    try {
      busy--;
      queue.add(self);
      wanted = true;
      if (busy == 0) {
        changed.signalAll();
      }
      while (self.given == null && busy > 0 && !stopped) {
        changed.awaitUninterruptibly();
      }
      if (self.given == null) {
        queue.remove(self);
        noteWanted();
      }
      return self.given;
    } finally {
      lock.unlock();
    }
  }

  /// Whether somebody is idle, so that [#give] may be tried. Any thread; never waits.
  boolean wanted() {
    return wanted;
  }

  /// Gives a tail to an idle worker; for a busy one.
  ///
  /// @param millis how long the work takes that is now shared, in about equal parts
  /// @param tail opens the tail's slot; only called when somebody will take it
  /// @return whether somebody takes it
  boolean give(long millis, Supplier<Tail> tail) {
    lock.lock();
    try {
      if (stopped) {
        return false;
      }
      Idle taker = ready.poll();
      if (taker == null && millis / 2 > openingMillis) {
        taker = unopened.poll();
      }
      if (taker == null) {
        return false;
      }
      taker.given = tail.get();
      busy++;
      noteWanted();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void noteWanted() {
    wanted = !ready.isEmpty() || !unopened.isEmpty();
  }

  /// The run is stopped: nobody waits any more. Any thread.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
