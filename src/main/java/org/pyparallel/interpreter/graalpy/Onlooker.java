package org.pyparallel.interpreter.graalpy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// Finds out where a script is. GraalPy tells a thread its own stack only, so each is asked in the
/// middle of what it does.
///
/// Threads answer within a millisecond where Python runs or sleeps; not while they are in a long
/// computation of the library's (a power of huge numbers) or wait for their output to be taken.
final class Onlooker {
  private static final long PATIENCE_MILLIS = 200;
  private static final String HIDDEN =
      "in a call that does not stop for anybody to look at the stack";

  private final Safepoints.@Nullable Place place;
  private final Value stack;
  private final Thread owner = Thread.currentThread();

  /// For the calling thread's script.
  ///
  /// @param place of the context; null where that is not to be had
  /// @param stack the driver's function, called with whether it is this thread that calls
  Onlooker(Safepoints.@Nullable Place place, Value stack) {
    this.place = place;
    this.stack = stack;
  }

  /// The stacks of the script's threads, the owner's first; a line instead where that one cannot be
  /// told. Waits a moment; any thread but the owner's, while that one is in the context.
  String stack() {
    if (place == null) {
      return HIDDEN;
    }
    List<String> others = new CopyOnWriteArrayList<>();
    String[] own = new String[1];
    Future<Void> asked;
    try {
      asked = place.submit(() -> tell(own, others));
    } catch (IllegalStateException _) {
      return ""; // closed meanwhile
    }
    try {
      asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      asked.cancel(false);
    } catch (ExecutionException e) {
      return "the stack cannot be told: " + e.getCause();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
    return joined(own, others);
  }

  private static String joined(String[] own, List<String> others) {
    StringBuilder text = new StringBuilder();
    String first;
    synchronized (own) {
      first = own[0];
    }
    text.append(first == null ? HIDDEN : first);
    for (String other : others) {
      if (!other.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n\n").append(other);
      }
    }
    return text.toString();
  }

  /// On one of the script's threads.
  private void tell(String[] own, List<String> others) {
    boolean isOwner = Thread.currentThread().equals(owner);
    String text;
    try {
      text = stack.execute(isOwner).asString();
    } catch (PolyglotException | IllegalStateException e) {
      // Interrupted while it told; that is asked for again until it has its way.
      text = "the stack cannot be told: " + e.getMessage();
    }
    if (!isOwner) {
      others.add(text);
      return;
    }
    synchronized (own) {
      own[0] = text;
    }
  }
}
