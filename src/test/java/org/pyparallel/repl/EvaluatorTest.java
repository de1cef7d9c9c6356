package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.Aside;

@Timeout(30)
class EvaluatorTest {
  private final FakeSeats seats = new FakeSeats();
  private final FakeMagics magics = new FakeMagics();
  private final FakeScreen screen = new FakeScreen();
  private final Interrupts interrupts = new Interrupts();
  private final Evaluator evaluator =
      new Evaluator(new Session(seats, magics), screen, interrupts, Palette.NONE);

  @Test
  void codeGoesToTheCurrentInterpreterWithANumberedName() {
    assertThat(evaluator.evaluate("x")).isEqualTo(Outcome.DONE);
    seats.select(seats.second);
    assertThat(evaluator.evaluate("y")).isEqualTo(Outcome.DONE);

    assertThat(seats.first.asked).containsExactly(List.of("run", "x", "1", "<input 1>"));
    assertThat(seats.second.asked).containsExactly(List.of("run", "y", "1", "<input 2>"));
  }

  @Test
  void magicsGoToTheMagics() {
    assertThat(evaluator.evaluate("%who")).isEqualTo(Outcome.DONE);

    assertThat(magics.ran).containsExactly("%who");
    assertThat(seats.first.asked).isEmpty();
  }

  @Test
  void questionsAreAnswered() {
    assertThat(evaluator.evaluate("len??")).isEqualTo(Outcome.DONE);

    assertThat(screen.out()).isEqualTo("about len at 2\n");
  }

  @Test
  void whatNothingIsKnownOfIsSaid() {
    seats.first.answers = _ -> List.of("");

    assertThat(evaluator.evaluate("?nix")).isEqualTo(Outcome.FAILED);

    assertThat(screen.err()).isEqualTo("nothing is known of nix\n");
  }

  @Test
  void tracebacksAreShown() {
    seats.first.answers = _ -> List.of("error", "ValueError", "no", "Traceback\nValueError: no\n");

    assertThat(evaluator.evaluate("f()")).isEqualTo(Outcome.FAILED);

    assertThat(screen.err()).isEqualTo("Traceback\nValueError: no\n");
  }

  @Test
  void withoutATracebackThereIsTheMessage() {
    seats.first.answers = _ -> List.of("error", "ValueError", "no", "");

    evaluator.evaluate("f()");

    assertThat(screen.err()).isEqualTo("ValueError: no\n");
  }

  @Test
  void leavingHasAStatus() {
    seats.first.answers = _ -> List.of("exit", "7");
    assertThat(evaluator.evaluate("exit(7)")).isEqualTo(new Outcome.Left(7));

    seats.first.answers = _ -> List.of("exit", "-1");
    assertThat(evaluator.evaluate("exit(-1)")).isEqualTo(new Outcome.Left(255));
  }

  @Test
  void aDeadInterpreterIsSaidToBe() {
    seats.first.state = Seat.State.DEAD;

    assertThat(evaluator.evaluate("x")).isEqualTo(Outcome.DEAD);

    assertThat(screen.err()).isEqualTo("pyparallel: interpreter 1 was killed\n");
  }

  @Test
  void ctrlCInterruptsTheCurrentInterpreterOnly() throws Exception {
    CompletableFuture<Outcome> outcome = begin("while True: pass");

    interrupts.raise();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.INTERRUPTED);
    assertThat(seats.first.calls).containsExactly("withdraw");
    assertThat(seats.second.calls).isEmpty();
    assertThat(screen.err()).isEqualTo("KeyboardInterrupt\n");
  }

  @Test
  void whatDoesNotStopCanBeLeftRunning() throws Exception {
    seats.first.stubborn = true;
    CompletableFuture<Outcome> outcome = begin("10 ** 10 ** 10");

    interrupts.raise();
    interrupts.raise();
    screen.awaitError("does not stop");
    interrupts.raise();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.INTERRUPTED);
    assertThat(screen.err()).contains("interpreter 1 is left running: %interp kill 1 ends it\n");
    assertThat(seats.first.state()).isEqualTo(Seat.State.BUSY);
  }

  @Test
  void ctrlCDuringAMagicGoesToTheMagic() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    magics.action =
        _ -> {
          begun.complete(null);
          synchronized (magics) {
            while (magics.interrupts == 0) {
              try {
                magics.wait();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          }
        };
    CompletableFuture<Outcome> outcome = Aside.run(() -> evaluator.evaluate("%all f()"));
    begun.get(10, TimeUnit.SECONDS);

    interrupts.raise();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    assertThat(seats.first.calls).isEmpty();
  }

  @Test
  void ctrlCBeforeThePromptIsForgotten() {
    interrupts.raise();
    interrupts.forget();
    evaluator.evaluate("x");

    assertThat(seats.first.calls).isEmpty();
  }

  @Test
  void ctrlCRightAfterThePromptIsForWhatWasTyped() {
    seats.first.answers = _ -> null;
    interrupts.raise();

    assertThat(evaluator.evaluate("while True: pass")).isEqualTo(Outcome.INTERRUPTED);
    assertThat(seats.first.calls).containsExactly("withdraw");
  }

  private CompletableFuture<Outcome> begin(String entry) throws InterruptedException {
    seats.first.answers = request -> request.getFirst().equals("run") ? null : List.of("ok");
    CompletableFuture<Outcome> outcome = Aside.run(() -> evaluator.evaluate(entry));
    seats.first.awaitBusy();
    return outcome;
  }
}
