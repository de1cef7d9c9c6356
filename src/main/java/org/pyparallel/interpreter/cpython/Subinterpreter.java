package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// One subinterpreter with a lock of its own, and the thread state of the thread that opened it.
///
/// The owner calls [#enter] before and [#leave] after every use, so that the interpreter's lock is
/// free while the owner waits for work: the script's own threads go on, and visitors get in.
///
/// Invariant: a [#visit] touches the interpreter only under `lifeLock` and while `ended` is false,
/// and [#end] sets `ended` under the same lock; whoever touches an ended interpreter crashes the
/// process. Lock order: `lifeLock`, then the interpreter's own lock.
final class Subinterpreter {
  /// `PyInterpreterConfig`: own allocator, no fork, no exec, threads, no daemon threads, extension
  /// modules must support subinterpreters, and `PyInterpreterConfig_OWN_GIL`.
  private static final int[] OWN_GIL = {0, 0, 0, 1, 0, 1, 2};

  private final LibPython python;
  private final ReentrantLock lifeLock = new ReentrantLock();
  private final long interpreter;
  private final long ownerIdent;
  private final long thread;
  private boolean ended;

  private Subinterpreter(LibPython python, long thread) {
    this.python = python;
    this.thread = thread;
    this.interpreter = python.threadStateGetInterpreter(thread);
    this.ownerIdent = python.threadIdent();
  }

  /// Opens a subinterpreter that belongs to the calling thread, which is inside it afterwards.
  static Subinterpreter open(LibPython python) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slot = arena.allocate(JAVA_LONG);
      MemorySegment config = arena.allocateFrom(JAVA_INT, OWN_GIL);
      @Nullable String trouble = python.newInterpreterFromConfig(slot, config);
      if (trouble != null) {
        throw new RuntimeFailed("CPython cannot open a subinterpreter: " + trouble);
      }
      return new Subinterpreter(python, CMemory.fields(slot).getLong(0));
    }
  }

  /// Takes the interpreter's lock; owner only.
  void enter() {
    python.restoreThread(thread);
  }

  /// Releases the interpreter's lock; owner only.
  void leave() {
    python.saveThread();
  }

  /// Does something inside, on the calling thread, which may be any but the owner's. Blocks for as
  /// long as the interpreter's lock is held, by a C function without end for ever.
  ///
  /// @return false, and nothing is done, where the interpreter has ended
  boolean visit(Runnable task) {
    lifeLock.lock();
    try {
      long visitor = ended ? 0 : python.threadStateNew(interpreter);
      if (visitor == 0) {
        return false;
      }
      python.restoreThread(visitor);
      try {
        task.run();
      } finally {
        python.threadStateClear(visitor);
        python.threadStateDeleteCurrent();
      }
      return true;
    } finally {
      lifeLock.unlock();
    }
  }

  /// Makes the owner's Python code raise `exceptionClass` at its next bytecode; 0 takes back what
  /// it has not raised yet. For a visitor, and for the owner inside.
  void raise(long exceptionClass) {
    python.threadStateSetAsyncExc(ownerIdent, exceptionClass);
  }

  /// The innermost Python frame of every thread, as new references: first the owner's, or `None`,
  /// then the others', newest thread first. For a visitor that runs no Python itself.
  ///
  /// Not `sys._current_frames()`, which looks at the threads of all interpreters, whose locks
  /// nobody holds meanwhile.
  long[] frames() {
    long[] frames = new long[8];
    int count = 1;
    frames[0] = python.none;
    for (long t = python.interpreterThreadHead(interpreter);
        t != 0;
        t = python.threadStateNext(t)) {
      long frame = python.threadStateGetFrame(t);
      if (frame == 0) {
        continue;
      }
      if (t == thread) {
        frames[0] = frame;
      } else {
        if (count == frames.length) {
          frames = Arrays.copyOf(frames, 2 * count);
        }
        frames[count++] = frame;
      }
    }
    return Arrays.copyOf(frames, count);
  }

  /// Ends the interpreter; owner only, who must be outside. Waits for threads the script started.
  void end() {
    lifeLock.lock();
    try {
      ended = true;
      enter();
      python.threadStateSetAsyncExc(ownerIdent, 0);
    } finally {
      lifeLock.unlock();
    }
    python.endInterpreter(thread);
  }
}
