package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// One subinterpreter with a lock of its own, and the thread state of the thread that opened it.
///
/// The owner calls [#enter] before and [#leave] after every use, so that the interpreter's lock is
/// free while the owner waits for work: the script's own threads go on, and [#raise] gets in.
///
/// Invariant: [#raise] touches the interpreter only under `lifeLock` and while `ended` is false,
/// and [#end] sets `ended` under the same lock; an exception injected into an ended interpreter
/// would crash the process. Lock order: `lifeLock`, then the interpreter's own lock.
final class Subinterpreter {
  /// `PyInterpreterConfig`: own allocator, no fork, no exec, threads, no daemon threads, extension
  /// modules must support subinterpreters, and `PyInterpreterConfig_OWN_GIL`.
  private static final int[] OWN_GIL = {0, 0, 0, 1, 0, 1, 2};

  private final LibPython python;
  private final ReentrantLock lifeLock = new ReentrantLock();
  private final long interpreter;
  private final long ownerIdent;
  private long thread;
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
      return new Subinterpreter(python, slot.get(JAVA_LONG, 0));
    }
  }

  /// Takes the interpreter's lock; owner only.
  void enter() {
    python.restoreThread(thread);
  }

  /// Releases the interpreter's lock; owner only.
  void leave() {
    thread = python.saveThread();
  }

  /// Makes the owner's Python code raise `exceptionClass` at its next bytecode. Blocks for as long
  /// as the interpreter's lock is held, by a C function without end for ever; any thread but the
  /// owner.
  void raise(long exceptionClass) {
    lifeLock.lock();
    try {
      if (ended) {
        return;
      }
      long helper = python.threadStateNew(interpreter);
      python.restoreThread(helper);
      python.threadStateSetAsyncExc(ownerIdent, exceptionClass);
      python.threadStateClear(helper);
      python.threadStateDeleteCurrent();
    } finally {
      lifeLock.unlock();
    }
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
