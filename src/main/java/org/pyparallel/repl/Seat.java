package org.pyparallel.repl;

import java.util.List;
import java.util.concurrent.Future;
import org.pyparallel.job.RuntimeName;

/// One interpreter of a session, with a thread of its own on which its console lives. What is asked
/// is worked through in order. Any thread.
public interface Seat {
  /// What it is doing.
  enum State {
    IDLE,
    BUSY,
    /// It was killed, or its process is gone.
    DEAD
  }

  /// Its number in the session, from 1; never given to another.
  int id();

  RuntimeName runtime();

  State state();

  /// Asks its console, see [org.pyparallel.interpreter.Console#ask], when all that was asked before
  /// is done.
  ///
  /// @return the answer; fails with [org.pyparallel.interpreter.ConsoleDied]
  Future<List<String>> ask(String... request);

  /// Interrupts what it runs now. Returns at once.
  void interrupt();

  /// Takes a request back: one that is waiting is never begun and its answer is cancelled, one that
  /// runs is interrupted. Others are left alone. Returns at once.
  ///
  /// @param answer what [#ask] gave
  void withdraw(Future<List<String>> answer);

  /// Where its code is right now, see [org.pyparallel.interpreter.Console#stack].
  String stack();

  /// Its own memory in bytes; 0 where it shares the process's.
  long memoryBytes();

  /// CPU time it has used, in nanoseconds.
  long cpuNanos();
}
