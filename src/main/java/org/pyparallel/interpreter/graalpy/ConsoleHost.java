package org.pyparallel.interpreter.graalpy;

import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Prompter;

/// What a console's Python side calls (`_console.py`): it prints, and asks for lines.
///
/// Public, like its exported methods, because guest code reaches nothing else. An exception of ours
/// never travels through Python, where the code could catch it: it is kept, and [#rethrow] throws
/// it. Any thread.
public final class ConsoleHost {
  private final ConsoleOutput output;
  private final Prompter prompter;
  private volatile boolean silent;
  private volatile @Nullable RuntimeException failure;

  ConsoleHost(ConsoleOutput output, Prompter prompter) {
    this.output = output;
    this.prompter = prompter;
  }

  /// Passes nothing on any more.
  void silence() {
    silent = true;
  }

  /// Throws what went wrong on our side while Python ran.
  void rethrow() {
    RuntimeException kept = failure;
    failure = null;
    if (kept != null) {
      throw kept;
    }
  }

  /// Takes text for standard output.
  @HostAccess.Export
  public void out(String text) {
    if (!silent) {
      try {
        output.out(text);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
  }

  /// Takes text for standard error.
  @HostAccess.Export
  public void err(String text) {
    if (!silent) {
      try {
        output.err(text);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
  }

  /// Waits for a line.
  ///
  /// @return the line; null at the end of input; false after an interruption
  @HostAccess.Export
  public @Nullable Object input(String prompt) {
    try {
      return switch (silent ? new Prompter.Reply.End() : prompter.ask(prompt)) {
        case Prompter.Reply.Line(String text) -> text;
        case Prompter.Reply.End() -> null;
        case Prompter.Reply.Interrupted() -> false;
      };
    } catch (RuntimeException e) {
      failure = e;
      return null;
    }
  }
}
