package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;

/// A look into the interpreter in which a run failed first (`--repl-on-error`).
///
/// The worker whose interpreter that is claims it, which ends the run, takes its leave of the run,
/// and waits here. Whoever ran the run then says what is to be done on that thread, the only one
/// that may use the interpreter; or that nothing is.
public final class Inquest {
  // Guarded by this.
  private @Nullable Interpreter interpreter;
  private @Nullable Runnable task;
  private boolean over;

  /// A worker's interpreter has failed.
  ///
  /// @return whether it is the first
  synchronized boolean claim(Interpreter failed) {
    if (interpreter != null) {
      return false;
    }
    interpreter = failed;
    return true;
  }

  /// Whether there is an interpreter to look into. Any thread.
  public synchronized boolean isClaimed() {
    return interpreter != null;
  }

  /// Does what is to be done, until nothing is; the thread of the worker that claimed.
  void attend() {
    try {
      for (Runnable next = next(); next != null; next = next()) {
        next.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // by foreign code: then nothing is done
    }
  }

  private synchronized @Nullable Runnable next() throws InterruptedException {
    while (task == null && !over) {
      wait();
    }
    Runnable taken = task;
    task = null;
    return taken;
  }

  /// Has the worker do something. Returns at once; any thread.
  public synchronized void begin(Runnable work) {
    task = work;
    notifyAll();
  }

  /// Makes a console of the interpreter, within what [#begin] was given.
  ///
  /// @throws org.pyparallel.job.PyParallelException if it cannot be
  public Console console(ConsoleOutput output) {
    Interpreter failed;
    synchronized (this) {
      failed = interpreter;
    }
    if (failed == null) {
      throw new IllegalStateException("nothing has failed");
    }
    return failed.console(output);
  }

  /// Lets the worker go. Returns at once; any thread. Idempotent.
  public synchronized void end() {
    over = true;
    notifyAll();
  }
}
