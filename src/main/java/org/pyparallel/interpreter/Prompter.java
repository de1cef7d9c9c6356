package org.pyparallel.interpreter;

import org.jspecify.annotations.Nullable;

/// Gets lines for the `input()` of a console's code, and hears of an interruption meanwhile: Python
/// waits then for the line, and raises when it is told to.
///
/// Made by the console's owner. Any thread; only the owner's prompts are interrupted.
public final class Prompter {
  private final ConsoleOutput output;
  private final Thread owner = Thread.currentThread();
  // Guarded by this.
  private boolean waiting;
  private boolean interrupted;

  public Prompter(ConsoleOutput output) {
    this.output = output;
  }

  /// What comes of a prompt.
  public sealed interface Reply {
    /// @param text without its end
    record Line(String text) implements Reply {}

    /// No line ever comes: `EOFError`.
    record End() implements Reply {}

    /// `KeyboardInterrupt`.
    record Interrupted() implements Reply {}
  }

  /// Waits for a line.
  public Reply ask(String prompt) {
    boolean interruptible = Thread.currentThread().equals(owner);
    if (interruptible) {
      begin();
    }
    @Nullable String line;
    boolean stopped = false;
    try {
      line = output.input(prompt);
    } finally {
      if (interruptible) {
        stopped = end();
      }
    }
    if (stopped) {
      return new Reply.Interrupted();
    }
    return line == null ? new Reply.End() : new Reply.Line(line);
  }

  private synchronized void begin() {
    waiting = true;
    interrupted = false;
  }

  private synchronized boolean end() {
    waiting = false;
    return interrupted;
  }

  /// Somebody wants what runs to end.
  ///
  /// @return whether that is a prompt, which ends so once there is a line or none; else it is left
  ///   to the caller
  public synchronized boolean interrupt() {
    interrupted = waiting;
    return waiting;
  }
}
