package org.pyparallel.repl;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.job.PyParallelException;

/// Waits for what a seat was asked while Ctrl-C takes that back and touches nothing else.
///
/// Code that does not stop is asked twice. The third Ctrl-C leaves it running, so that there is a
/// prompt at which it can be killed.
final class Waiting {
  private static final int PATIENCE = 2;
  private static final long LOOK_MILLIS = 50;
  private static final int LOOKS_UNTIL_TOLD = 20;

  private final Screen screen;
  private final Interrupts interrupts;

  Waiting(Screen screen, Interrupts interrupts) {
    this.screen = screen;
    this.interrupts = interrupts;
  }

  /// Asks and waits.
  ///
  /// @return the answer, or null where it was taken back before it was begun, or left running
  /// @throws ConsoleDied if there is no interpreter any more
  /// @throws PyParallelException if it could not be opened
  @Nullable List<String> ask(Seat seat, String... request) {
    boolean busy = seat.state() == Seat.State.BUSY;
    AtomicInteger pressed = new AtomicInteger();
    Future<List<String>> answer = seat.ask(request);
    return interrupts.during(
        () -> onInterrupt(seat, answer, pressed.incrementAndGet()),
        () -> await(seat, answer, busy, pressed));
  }

  private @Nullable List<String> await(
      Seat seat, Future<List<String>> answer, boolean busy, AtomicInteger pressed) {
    int looks = 0;
    while (pressed.get() <= PATIENCE) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (busy && ++looks == LOOKS_UNTIL_TOLD) {
          screen.error("interpreter " + seat.id() + " is busy: this waits for its turn\n");
        }
      } catch (InterruptedException | CancellationException _) {
        return null;
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
    screen.error(
        "interpreter " + seat.id() + " is left running: %interp kill " + seat.id() + " ends it\n");
    return null;
  }

  private void onInterrupt(Seat seat, Future<List<String>> answer, int pressed) {
    if (pressed > PATIENCE) {
      return;
    }
    seat.withdraw(answer);
    if (pressed == PATIENCE) {
      screen.error("interpreter " + seat.id() + " does not stop: Ctrl-C again leaves it running\n");
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
