package org.pyparallel.interpreter.cpython;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Finds out where the script is, from outside.
///
/// That needs the interpreter's lock, which a C function may hold for ever. So a thread of its own
/// waits for it, one at most: who asks meanwhile waits for the same answer, and for a moment only.
final class Onlooker {
  private static final long PATIENCE_MILLIS = 200;
  private static final long STACK_BYTES = 1 << 20;

  /// The answer where a C function keeps everybody out.
  static final String HIDDEN =
      "in a C function that holds the interpreter's lock, so that nobody can look at the stack";

  private final Subinterpreter subinterpreter;
  private final Describer describer;
  // Guarded by this.
  private @Nullable CompletableFuture<String> pending;

  /// Makes text of frames, inside the interpreter.
  @FunctionalInterface
  interface Describer {
    /// @param frames references that it takes over
    String describe(long[] frames);
  }

  Onlooker(Subinterpreter subinterpreter, Describer describer) {
    this.subinterpreter = subinterpreter;
    this.describer = describer;
  }

  /// See [org.pyparallel.interpreter.Interpreter#stack]; any thread but the owner's.
  String stack() {
    try {
      return ask().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return HIDDEN;
    } catch (ExecutionException e) {
      return "the stack cannot be told: " + e.getCause();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private synchronized CompletableFuture<String> ask() {
    CompletableFuture<String> answer = pending;
    if (answer == null) {
      answer = new CompletableFuture<>();
      pending = answer;
      CompletableFuture<String> asked = answer;
      Thread thread = new Thread(null, () -> look(asked), "cpython-stack", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
    }
    return answer;
  }

  private void look(CompletableFuture<String> answer) {
    String[] text = {""};
    try {
      subinterpreter.visit(() -> text[0] = describer.describe(subinterpreter.frames()));
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    } finally {
      synchronized (this) {
        pending = null;
      }
      answer.complete(text[0]);
    }
  }
}
