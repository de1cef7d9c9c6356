package org.pyparallel.repl;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What Ctrl-C does right now. Any thread may raise; one at a time has something done.
///
/// One that comes between the prompt and what was typed there is kept for the latter.
final class Interrupts {
  // Guarded by this.
  private @Nullable Runnable action;
  private boolean early;

  /// Ctrl-C was pressed. Returns at once.
  void raise() {
    Runnable answer;
    synchronized (this) {
      answer = action;
      early = answer == null;
    }
    if (answer != null) {
      answer.run();
    }
  }

  /// There is a prompt: what was pressed before it means nothing any more.
  synchronized void forget() {
    early = false;
  }

  /// Does something during which Ctrl-C has a meaning.
  ///
  /// @param answer called for each Ctrl-C, on a thread of the terminal or the calling one
  <T> T during(Runnable answer, Supplier<T> work) {
    boolean pressed;
    synchronized (this) {
      action = answer;
      pressed = early;
      early = false;
    }
    try {
      if (pressed) {
        answer.run();
      }
      return work.get();
    } finally {
      synchronized (this) {
        action = null;
      }
    }
  }
}
