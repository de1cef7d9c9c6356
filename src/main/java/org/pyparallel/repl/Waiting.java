package org.pyparallel.repl;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /// Those that are open for sure: one that is still being opened is busy as well.
  private final Set<Integer> answered = new HashSet<>();

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
    Request asked = new Request(seat, screen);
    boolean busy = seat.state() == Seat.State.BUSY && answered.contains(seat.id());
    return interrupts.during(
        asked::interrupt,
        () -> {
          asked.begin(request);
          return await(asked, busy);
        });
  }

  private @Nullable List<String> await(Request asked, boolean busy) {
    int looks = 0;
    int id = asked.seat.id();
    while (!asked.isGivenUp()) {
      try {
        List<String> answer = asked.answer().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        answered.add(id);
        return answer;
      } catch (TimeoutException _) {
        if (busy && ++looks == LOOKS_UNTIL_TOLD) {
          screen.error("interpreter " + id + " is busy: this waits for its turn\n");
        }
      } catch (InterruptedException _) {
        asked.interrupt(); // the editor's answer to a Ctrl-C that came as it was closing
      } catch (CancellationException _) {
        return null;
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
    screen.error("interpreter " + id + " is left running: %interp kill " + id + " ends it\n");
    return null;
  }

  /// What was asked, and how often it was taken back. An interrupt that comes before it is asked
  /// counts.
  private static final class Request {
    private final Seat seat;
    private final Screen screen;
    private @Nullable Future<List<String>> answer;
    private int interrupts;

    Request(Seat seat, Screen screen) {
      this.seat = seat;
      this.screen = screen;
    }

    synchronized void begin(String... request) {
      Future<List<String>> asked = seat.ask(request);
      answer = asked;
      if (interrupts > 0) {
        seat.withdraw(asked);
      }
    }

    synchronized Future<List<String>> answer() {
      return Objects.requireNonNull(answer);
    }

    synchronized boolean isGivenUp() {
      return interrupts > PATIENCE;
    }

    synchronized void interrupt() {
      interrupts++;
      if (interrupts <= PATIENCE && answer != null) {
        seat.withdraw(answer);
      }
      if (interrupts == PATIENCE) {
        screen.error(
            "interpreter " + seat.id() + " does not stop: Ctrl-C again leaves it running\n");
      }
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
