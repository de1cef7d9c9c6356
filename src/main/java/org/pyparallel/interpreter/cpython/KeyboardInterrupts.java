package org.pyparallel.interpreter.cpython;

import org.pyparallel.interpreter.Interrupts;

/// Raises `KeyboardInterrupt` in what a subinterpreter's owner runs.
///
/// Raising needs the interpreter's lock, which a C function may hold for long: a thread of its own
/// waits for it, one at most. The owner begins and ends with that lock held, so that nothing is
/// raised in between.
final class KeyboardInterrupts {
  private static final long STACK_BYTES = 1 << 20;

  private final Subinterpreter subinterpreter;
  private final Interrupts interrupts = new Interrupts();
  private long exception;
  private long lastException;
  private volatile boolean forGood;
  // Guarded by the interpreter's lock.
  private boolean raised;

  KeyboardInterrupts(Subinterpreter subinterpreter) {
    this.subinterpreter = subinterpreter;
  }

  /// Takes over references to what is raised; before anything is begun.
  ///
  /// @param lastException the class for what must end for good
  void exceptions(long exception, long lastException) {
    this.exception = exception;
    this.lastException = lastException;
  }

  /// The owner, inside, begins to run something.
  void begin() {
    raised = false;
    interrupts.begin();
  }

  /// The owner, inside, is done with it. What comes too late for it is taken back.
  void end() {
    interrupts.end();
    if (raised) {
      subinterpreter.raise(0);
    }
  }

  /// Whether something was raised in what the owner runs; for those inside.
  boolean isRaised() {
    return raised;
  }

  /// Has what runs end. Returns at once; any thread.
  ///
  /// @param ever whether nothing runs ever after
  void request(boolean ever) {
    forGood |= ever;
    if (interrupts.request()) {
      Thread thread = new Thread(null, this::setOut, "cpython-interrupt", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void setOut() {
    if (!subinterpreter.visit(() -> interrupts.arrive(this::raise))) {
      interrupts.giveUp();
    }
  }

  private void raise() {
    raised = true;
    subinterpreter.raise(forGood ? lastException : exception);
  }
}
