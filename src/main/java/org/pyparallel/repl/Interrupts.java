package org.pyparallel.repl;

import java.util.function.Supplier;

/// What Ctrl-C does right now. Any thread may raise; one at a time has something done.
final class Interrupts {
  private volatile Runnable action = Interrupts::nothing;

  /// Ctrl-C was pressed. Returns at once.
  void raise() {
    action.run();
  }

  /// Does something during which Ctrl-C has a meaning.
  ///
  /// @param answer called for each Ctrl-C, on a thread of the terminal
  <T> T during(Runnable answer, Supplier<T> work) {
    Runnable before = action;
    action = answer;
    try {
      return work.get();
    } finally {
      action = before;
    }
  }

  private static void nothing() {}
}
