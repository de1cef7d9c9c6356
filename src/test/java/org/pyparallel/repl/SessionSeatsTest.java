package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

@Timeout(60)
class SessionSeatsTest {
  private final FakePython python = new FakePython(RuntimeName.CPYTHON);
  private final FakePython missing = new FakePython(RuntimeName.GRAALPY);
  private final Playground playground =
      new Playground(
          name -> name == RuntimeName.GRAALPY ? missing : python, RuntimeName.CPYTHON, 3);
  private final SessionSeats seats = playground.seats();

  @AfterEach
  void close() {
    playground.close();
  }

  private SessionSeat seat(int id) {
    SessionSeat seat = seats.get(id);
    assertThat(seat).isNotNull();
    return seat;
  }

  private static CompletableFuture<List<String>> run(SessionSeat seat, String code) {
    return seat.ask("run", code, "1", "<input 1>");
  }

  @Test
  void onlyTheFirstIsOpenedBeforeAnythingIsAsked() throws Exception {
    run(seat(1), "print a").get();
    assertThat(python.consoles()).hasSize(1);
    assertThat(python.consoles().getFirst().config().number()).isZero();

    run(seat(3), "print a").get();
    assertThat(python.consoles()).hasSize(2);
    assertThat(python.consoles().getLast().config().number()).isEqualTo(2);
    assertThat(python.consoles().getLast().config().workers()).isEqualTo(3);
    assertThat(seat(2).isOpen()).isFalse();
  }

  @Test
  void eachHasAThreadOfItsOwn() throws Exception {
    run(seat(1), "print a").get();
    run(seat(2), "print a").get();

    assertThat(python.consoles().get(0).owner()).isNotSameAs(python.consoles().get(1).owner());
    assertThat(python.consoles().get(0).owner().isDaemon()).isTrue();
  }

  @Test
  void whatIsTypedIntoTheCurrentOneIsShownAsItIs() throws Exception {
    run(seat(1), "part a\npart b").get();

    assertThat(playground.screen().takePrinted()).isEqualTo("ab");
  }

  @Test
  void whatOthersPrintIsLabelledLineByLine() throws Exception {
    run(seat(2), "part a\nprint b\npart c\nwarn d").get();

    assertThat(playground.screen().takePrinted()).isEqualTo("[2] ab\n[2] c\n");
    assertThat(playground.screen().takeErrors()).isEqualTo("[2] d\n");
  }

  @Test
  void whatRunsTogetherIsLabelledInTheCurrentOneToo() throws Exception {
    seat(1).ask(Voice.TOGETHER, "run", "print a", "1", "x").get();

    assertThat(playground.screen().takePrinted()).isEqualTo("[1] a\n");
  }

  @Test
  void onlyTheCurrentOneReads() throws Exception {
    run(seat(1), "read").get();
    assertThat(playground.screen().takePrinted()).isEqualTo("typed ? \n");

    run(seat(2), "read").get();
    seat(1).ask(Voice.BACKGROUND, "run", "read", "1", "x").get();
    assertThat(playground.screen().takePrinted()).isEqualTo("[2] null\n[1] null\n");
  }

  @Test
  void anInterruptEndsWhatRunsAndNothingElse() throws Exception {
    CompletableFuture<List<String>> first = run(seat(1), "loop");
    CompletableFuture<List<String>> second = run(seat(1), "print after");
    playground.screen().awaitPrinted("looping");
    assertThat(seat(1).state()).isEqualTo(Seat.State.BUSY);

    seat(1).interrupt();

    assertThat(first.get()).containsExactly("interrupted");
    assertThat(second.get()).containsExactly("ok");
    assertThat(seat(1).state()).isEqualTo(Seat.State.IDLE);
  }

  @Test
  void whatIsWithdrawnBeforeItBeginsNeverRuns() throws Exception {
    CompletableFuture<List<String>> first = run(seat(1), "loop");
    CompletableFuture<List<String>> second = run(seat(1), "print never");
    playground.screen().awaitPrinted("looping");

    seat(1).withdraw(second);
    assertThat(first.isDone()).isFalse();
    seat(1).withdraw(first);
    run(seat(1), "print end").get();

    assertThat(second.isCancelled()).isTrue();
    assertThat(playground.screen().takePrinted()).isEqualTo("looping\nend\n");
  }

  @Test
  void oneThatIsKilledIsDeadAndStaysInTheList() throws Exception {
    CompletableFuture<List<String>> running = run(seat(2), "hang");
    CompletableFuture<List<String>> waiting = run(seat(2), "print never");
    playground.screen().awaitPrinted("hanging");

    seats.kill(seat(2));

    assertThatThrownBy(running::get).hasCauseInstanceOf(ConsoleDied.class);
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(ConsoleDied.class);
    assertThatThrownBy(run(seat(2), "print x")::get)
        .hasCauseInstanceOf(ConsoleDied.class)
        .hasMessageContaining("interpreter 2 was killed");
    assertThat(seat(2).state()).isEqualTo(Seat.State.DEAD);
    assertThat(seats.all()).extracting(Seat::id).containsExactly(1, 2, 3);
    assertThat(seats.live()).extracting(Seat::id).containsExactly(1, 3);
  }

  @Test
  void oneWhoseProcessDiesIsDead() {
    assertThatThrownBy(run(seat(2), "crash")::get)
        .hasCauseInstanceOf(ConsoleDied.class)
        .hasMessageContaining("signal 11");

    assertThat(seat(2).state()).isEqualTo(Seat.State.DEAD);
  }

  @Test
  void oneThatCannotBeOpenedIsDead() {
    python.breakDown();

    assertThatThrownBy(run(seat(2), "print x")::get)
        .hasCauseInstanceOf(ConsoleDied.class)
        .hasMessageContaining("no more of these");
    assertThat(seat(2).state()).isEqualTo(Seat.State.DEAD);
  }

  @Test
  void anotherTakesThePlaceOfTheCurrentOneThatIsClosed() {
    seats.select(seat(2));

    assertThat(seats.close(seat(2))).isTrue();
    assertThat(seats.current().id()).isEqualTo(3);
    assertThat(seats.close(seat(3))).isTrue();
    assertThat(seats.current().id()).isEqualTo(1);
    assertThat(seats.close(seat(1))).isFalse();
    assertThat(seats.all()).extracting(Seat::id).containsExactly(1);
  }

  @Test
  void numbersAreNeverGivenTwice() {
    seats.close(seat(3));

    assertThat(seats.open(RuntimeName.CPYTHON).id()).isEqualTo(4);
    assertThat(seats.current().id()).isEqualTo(1);
  }

  @Test
  void aRuntimeThatIsNotHereIsRefused() {
    assertThatThrownBy(() -> seats.open(RuntimeName.GRAALPY))
        .isInstanceOf(PyParallelException.RuntimeFailed.class)
        .hasMessage("GraalPy is not here: bring it");
    assertThat(seats.all()).hasSize(3);
  }

  @Test
  void allAreClosedAndWhatHangsIsGivenUp() throws Exception {
    run(seat(1), "print a").get();
    CompletableFuture<List<String>> stops = run(seat(2), "loop");
    CompletableFuture<List<String>> hangs = run(seat(3), "hang");
    playground.screen().awaitPrinted("looping");
    playground.screen().awaitPrinted("hanging");

    seats.close();

    FakePython.FakeConsole first = python.consoles().getFirst();
    assertThat(first.closes()).isEqualTo(1);
    assertThat(python.consoles()).filteredOn(FakePython.FakeConsole::isKilled).hasSize(1);
    assertThat(stops).isCompletedExceptionally();
    assertThat(hangs).isCompletedExceptionally();
  }

  @Test
  void onlyWhatRanWellIsRemembered() throws Exception {
    run(seat(1), "print a").get();
    run(seat(1), "fail").get();
    seat(1).ask("run", "print quiet", "0", "x").get();
    run(seat(1), "print b").get();

    assertThat(seat(1).typed().script()).isEqualTo("print a\nprint b\n");
  }

  @Test
  void whoeverIsKilledLeavesNobodyWithoutAnAnswer() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      SessionSeat seat = seats.open(RuntimeName.CPYTHON);
      CompletableFuture<List<String>> first = run(seat, "print a");
      CompletableFuture<List<String>> second = run(seat, "print b");
      // At different moments of what its thread does meanwhile.
      for (int spin = i % 300 * 100; spin > 0; spin--) {
        Thread.onSpinWait();
      }
      seats.kill(seat);
      for (CompletableFuture<List<String>> answer : List.of(first, second)) {
        answer.handle((_, _) -> true).get(10, TimeUnit.SECONDS);
      }
      seats.close(seat);
    }
  }
}
