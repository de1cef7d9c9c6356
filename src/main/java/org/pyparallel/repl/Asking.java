package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ConsoleDied;

/// Asks seats on behalf of a magic and waits for them, so that an interrupt reaches all that it
/// waits for. After an interrupt nothing more is asked, and a seat that does not stop is waited for
/// a short while only.
///
/// One thread asks; any thread may interrupt.
final class Asking {
  /// How long an interrupted magic waits for its seats.
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// How often somebody who waits looks whether there was an interrupt.
  private static final long GLANCE_MILLIS = 50;

  private final Screen screen;

  // Guarded by this.
  private final List<Pending> pending = new ArrayList<>();
  private boolean interrupted;
  private long deadline;

  private record Pending(SessionSeat seat, Future<List<String>> answer) {}

  Asking(Screen screen) {
    this.screen = screen;
  }

  /// A magic begins: what was interrupted before is forgotten.
  synchronized void begin() {
    interrupted = false;
    pending.clear();
  }

  /// A magic is done; nothing can be interrupted any more.
  synchronized void end() {
    pending.clear();
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /// Interrupts all that is waited for.
  synchronized void interrupt() {
    if (!interrupted) {
      interrupted = true;
      deadline = System.nanoTime() + GRACE_NANOS;
    }
    for (Pending each : pending) {
      each.seat().withdraw(each.answer());
    }
  }

  /// Asks one seat, from the prompt.
  SeatAnswer ask(SessionSeat seat, String... request) {
    return await(seat, begin(seat, Voice.PROMPT, request));
  }

  /// Asks one seat for something without which the magic cannot go on.
  ///
  /// @return what it answered
  /// @throws MagicError if it answered with an error
  List<String> need(SessionSeat seat, String... request) {
    SeatAnswer answer = ask(seat, request);
    if (answer.isOk()) {
      return answer.values();
    }
    throw new MagicError("[" + seat.id() + "] " + answer.problem());
  }

  /// Asks several seats the same at once.
  ///
  /// @return their answers, in order
  List<SeatAnswer> together(List<SessionSeat> seats, String... request) {
    List<Future<List<String>>> asked = new ArrayList<>();
    for (SessionSeat seat : seats) {
      asked.add(begin(seat, Voice.TOGETHER, request));
    }
    List<SeatAnswer> answers = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      answers.add(await(seats.get(i), asked.get(i)));
    }
    return answers;
  }

  /// Asks a seat, to wait for it later.
  synchronized CompletableFuture<List<String>> begin(
      SessionSeat seat, Voice voice, String... request) {
    if (interrupted) {
      return CompletableFuture.completedFuture(List.of("interrupted"));
    }
    CompletableFuture<List<String>> answer = seat.ask(voice, request);
    pending.add(new Pending(seat, answer));
    return answer;
  }

  /// Waits for an answer.
  @SuppressWarnings("ReferenceEquality") // futures have no other
  SeatAnswer await(SessionSeat seat, Future<List<String>> answer) {
    try {
      return new SeatAnswer(seat, get(seat, answer));
    } finally {
      synchronized (this) {
        pending.removeIf(each -> each.answer() == answer);
      }
    }
  }

  /// Waits for something that goes on where the waiting is interrupted.
  ///
  /// @return false after an interrupt
  boolean pause(CompletableFuture<Void> end) {
    while (!isInterrupted()) {
      try {
        end.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        // Perhaps there was an interrupt.
      } catch (ExecutionException e) {
        return true;
      } catch (InterruptedException e) {
        interrupt();
      }
    }
    return false;
  }

  private List<String> get(SessionSeat seat, Future<List<String>> answer) {
    for (; ; ) {
      try {
        return answer.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (isOverdue()) {
          String id = String.valueOf(seat.id());
          return List.of("died", "does not stop; %interp kill " + id + " gives it up");
        }
      } catch (CancellationException e) {
        return List.of("interrupted");
      } catch (ExecutionException e) {
        return List.of("died", reason(e.getCause()));
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  /// Why there is no answer, in words for the user.
  static String reason(@Nullable Throwable cause) {
    return cause instanceof ConsoleDied
        ? String.valueOf(cause.getMessage())
        : String.valueOf(cause);
  }

  /// Whether seats had time enough to stop.
  synchronized boolean isOverdue() {
    return interrupted && System.nanoTime() - deadline > 0;
  }

  /// Shows what went wrong in seats, each labelled where there were several; shows nothing of those
  /// where all went well.
  ///
  /// @throws MagicError if anything went wrong
  void check(List<SeatAnswer> answers) {
    boolean well = true;
    for (SeatAnswer answer : answers) {
      if (!answer.isOk()) {
        String label = answers.size() == 1 ? "" : "[" + answer.seat().id() + "] ";
        screen.error(Labels.all(label, answer.report()));
        well = false;
      }
    }
    if (!well) {
      throw new MagicError("");
    }
  }

  /// [#check] of a single answer.
  void check(SeatAnswer answer) {
    check(List.of(answer));
  }
}
