package org.pyparallel.interpreter.graalpy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;

/// Stops what the owner of a context runs in it, from any thread and without waiting.
///
/// A context can only be interrupted while somebody is in it, and that call waits until nobody is.
/// So a thread of its own does it, again and again until the owner says that it is out: the request
/// may come when the owner has begun but not yet entered.
final class Interruption {
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Context context;
  // Guarded by this.
  private boolean requested;
  private boolean running;

  Interruption(Context context) {
    this.context = context;
  }

  /// The owner is about to enter the context; ends with [#end].
  ///
  /// @return false when it must not any more
  synchronized boolean begin() {
    running = !requested;
    return running;
  }

  /// The owner has left the context.
  synchronized void end() {
    running = false;
  }

  /// Asks the owner to stop, now or when it begins next.
  synchronized void request() {
    if (requested) {
      return;
    }
    requested = true;
    if (running) {
      Thread.ofPlatform().daemon().name("graalpy-interrupt").start(this::stop);
    }
  }

  /// Whether [#request] was called.
  synchronized boolean isRequested() {
    return requested;
  }

  private void stop() {
    try {
      while (isRunning()) {
        try {
          context.interrupt(PATIENCE);
        } catch (TimeoutException _) {
          // still inside: again
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException | IllegalStateException _) {
      // nobody is left to stop
    }
  }

  /// Whether the owner is in the context, or about to be.
  synchronized boolean isRunning() {
    return running;
  }
}
