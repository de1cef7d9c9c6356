package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.RuntimeName;

/// How what a console runs is interrupted, and how a console is given up.
interface ConsoleStopContract extends Subject {
  @Test
  default void anInterruptionEndsWhatRunsAndNothingElse() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      console.run("import time\nkept = 1");
      console.console().interrupt();
      assertThat(console.show("kept")).isEqualTo("1\n");
      assertThat(interrupted(console, "print('begun')\nwhile True: pass"))
          .containsExactly("interrupted");
      assertThat(interrupted(console, "print('begun')\ntime.sleep(1000)"))
          .containsExactly("interrupted");
      assertThat(
              interrupted(
                  console,
                  """
                  try:
                      print("begun")
                      while True: kept += 1
                  finally:
                      cleaned = True
                  """))
          .containsExactly("interrupted");
      assertThat(console.show("cleaned, kept > 1")).isEqualTo("(True, True)\n");
      assertThat(
              interrupted(
                  console,
                  """
                  try:
                      print("begun")
                      time.sleep(1000)
                  except KeyboardInterrupt as e:
                      print("caught", type(e).__name__)
                  """))
          .containsExactly("ok");
      assertThat(console.takeOutput()).endsWith("caught KeyboardInterrupt\n");
      for (int i = 0; i < 100; i++) {
        assertThat(console.show("cleaned")).isEqualTo("True\n");
        console.console().interrupt();
      }
      assertThat(console.errors()).isEmpty();
    }
  }

  private static List<String> interrupted(ConsoleSession console, String source) {
    console.takeOutput();
    Future<List<String>> running = console.startRun(source);
    console.await("begun\n");
    console.console().interrupt();
    return Session.await(running);
  }

  @Test
  default void aPromptIsInterrupted() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      Future<List<String>> running = console.startRun("x = 0\nx = input('? ')");
      console.await("? ");
      console.console().interrupt();
      console.typeEnd();
      assertThat(Session.await(running)).containsExactly("interrupted");
      assertThat(console.show("x")).isEqualTo("0\n");
    }
  }

  @Test
  default void interruptionsAtAnyMomentHarmNothing() throws InterruptedException {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      console.run("kept = 'here'\ndef work():\n    return sum(i for i in range(2000))\n");
      AtomicBoolean done = new AtomicBoolean();
      Thread nuisance =
          new Thread(
              () -> {
                while (!done.get()) {
                  console.console().interrupt();
                  long pause = ThreadLocalRandom.current().nextLong(2_000_000);
                  java.util.concurrent.locks.LockSupport.parkNanos(pause);
                }
              });
      nuisance.start();
      int finished = 0;
      for (int i = 0; i < 500; i++) {
        List<String> answer = console.run("x = work()");
        assertThat(answer.getFirst()).isIn("ok", "interrupted");
        finished += answer.getFirst().equals("ok") ? 1 : 0;
      }
      done.set(true);
      nuisance.join();
      assertThat(console.show("kept, work()")).isEqualTo("('here', 1999000)\n");
      assertThat(console.errors()).isEmpty();
      assertThat(finished).isBetween(0, 500);
    }
  }

  @Test
  default void theStackTellsWhereItIs() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      assertThat(console.console().stack()).isEmpty();
      console.run("def spin():\n    print('begun')\n    while True:\n        pass\n");
      Future<List<String>> running = console.startRun("spin()");
      console.await("begun\n");
      String stack = "";
      while (!stack.contains("in spin")) {
        stack = console.console().stack();
      }
      assertThat(stack).contains("<input 1>").doesNotContain("_console");
      console.console().interrupt();
      assertThat(Session.await(running)).containsExactly("interrupted");
    }
  }

  @Test
  default void oneThatIsStuckIsGivenUp() {
    ConsoleSession stuck = ConsoleSession.open(runtime());
    try (ConsoleSession other = ConsoleSession.open(runtime())) {
      Future<List<String>> running = stuck.startRun("import re\nprint('begun')\n" + stuck());
      stuck.await("begun\n");
      stuck.console().kill();
      stuck.console().kill();
      stuck.console().interrupt();
      assertThat(other.show("6 * 7")).isEqualTo("42\n");
      // On this process's own threads it may take some seconds to come to its end.
      assertThatThrownBy(() -> Session.await(running))
          .isInstanceOf(ConsoleDied.class)
          .hasMessageContaining("killed");
      assertThatThrownBy(() -> stuck.run("1")).isInstanceOf(ConsoleDied.class);
      assertThat(other.show("6 * 7")).isEqualTo("42\n");
    } finally {
      stuck.close();
    }
  }

  /// A call into C, or Java, that nobody can interrupt for some seconds.
  private String stuck() {
    return runtime().name() == RuntimeName.GRAALPY
        ? "3 ** 6_000_000 == 0"
        : "re.match('(a+)+$', 'a' * 27 + 'b')";
  }

  @Test
  default void oneThatIsIdleIsGivenUp() {
    ConsoleSession console = ConsoleSession.open(runtime());
    console.console().kill();
    assertThatThrownBy(() -> console.run("1"))
        .isInstanceOf(ConsoleDied.class)
        .hasMessageContaining("killed");
    console.close();
  }
}
