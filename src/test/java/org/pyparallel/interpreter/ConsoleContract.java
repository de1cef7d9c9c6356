package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PythonOptions;

/// What is typed into a console, and what comes of it.
interface ConsoleContract extends Subject {
  @Test
  default void valuesLast() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      assertThat(console.show("x = 40")).isEmpty();
      assertThat(console.show("x + 2")).isEqualTo("42\n");
      assertThat(console.show("_ * 2")).isEqualTo("84\n");
      assertThat(console.show("Out[2]")).isEqualTo("42\n");
      assertThat(console.show("def f(n):\n    return n + x\n")).isEmpty();
      assertThat(console.show("1; 'é€😀'; f(2)")).isEqualTo("1\n'é€😀'\n42\n");
      assertThat(console.show("None")).isEmpty();
      assertThat(console.ask("run", "'not shown'", "0", "<magic>")).containsExactly("ok");
      assertThat(console.takeOutput()).isEmpty();
      assertThat(console.show("import __main__; __main__.x, __name__"))
          .isEqualTo("(40, '__main__')\n");
      assertThat(console.ask("reset")).containsExactly("ok");
      assertThat(console.show("x")).startsWith("error|NameError|");
    }
  }

  @Test
  default void errorsTellWhereTheyComeFrom() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      console.run("def f():\n    return 1 / 0\n");
      List<String> answer = console.run("y = 1\nf()");
      assertThat(answer).hasSize(4).startsWith("error", "ZeroDivisionError");
      assertThat(answer.get(3))
          .contains("<input 2>", "line 2", "in f", "    return 1 / 0", "ZeroDivisionError: ")
          .doesNotContain("_console", "_cpython", "_graalpy", "_process");
      assertThat(console.show("y")).isEqualTo("1\n");
      assertThat(console.run("1 +")).startsWith("error", "SyntaxError");
      assertThat(console.run("a\0b")).startsWith("error", "SyntaxError");
      assertThat(console.run("import sys; sys.exit(3)")).containsExactly("exit", "3");
      assertThat(console.run("exit()")).startsWith("exit");
      assertThat(console.show("y")).isEqualTo("1\n");
    }
  }

  @Test
  default void printsAndReadsWhileItRuns() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      var running =
          console.startRun(
              """
              import sys
              print("begun")
              print("trouble é", file=sys.stderr)
              name = input("name? ")
              print("no end", end="")
              """);
      console.await("begun\nname? ");
      assertThat(running).isNotDone();
      assertThat(console.errors()).isEqualTo("trouble é\n");
      console.type("Zoë");
      assertThat(Session.await(running)).containsExactly("ok");
      assertThat(console.takeOutput()).endsWith("no end");
      assertThat(console.show("name")).isEqualTo("'Zoë'\n");
      console.typeEnd();
      assertThat(console.run("input()")).startsWith("error", "EOFError");
      console.run("print('x' * 3_000_000)");
      assertThat(console.takeOutput()).hasSize(3_000_001);
    }
  }

  @Test
  default void threadsPrintWhenNothingIsAsked() {
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      console.run(
          """
          import threading, time
          go = threading.Event()
          def late():
              go.wait(30)
              time.sleep(0.05)
              print("late")
          thread = threading.Thread(target=late)
          thread.start()
          """);
      console.run("go.set()");
      console.await("late\n");
      console.run("thread.join()");
    }
  }

  @Test
  default void knowsItsNumber() {
    ConsoleConfig config = new ConsoleConfig(PythonOptions.NONE, 3, 5);
    try (ConsoleSession console = ConsoleSession.open(runtime(), config)) {
      assertThat(console.show("import pyparallel; pyparallel.worker, pyparallel.workers"))
          .isEqualTo("(3, 5)\n");
    }
  }

  @Test
  default void answersWhatAShellAsks() {
    try (ConsoleSession console = ConsoleSession.open(runtime());
        ConsoleSession other = ConsoleSession.open(runtime())) {
      assertThat(console.ask("check", "x = 1")).containsExactly("complete");
      assertThat(console.ask("check", "for i in x:")).containsExactly("incomplete", "4");
      assertThat(console.ask("check", "1 +* 2")).startsWith("invalid");
      console.run("value = {'a': [1, 2.5, None]}\ndef twice(x):\n    return 2 * x\n");
      assertThat(console.ask("complete", "print(val", "9")).startsWith("6", "value", "name");
      assertThat(console.ask("inspect", "twice", "2").getFirst()).contains("return 2 * x");
      assertThat(console.ask("names")).contains("value", "dict", "twice");
      List<String> dump = console.ask("dump", "value,twice");
      assertThat(dump).hasSize(1);
      assertThat(other.ask("load", dump.getFirst())).containsExactly("ok");
      assertThat(other.show("twice(value['a'][1])")).isEqualTo("5.0\n");
      assertThat(other.ask("dump", "nobody")).startsWith("error");
      assertThat(Long.parseLong(console.ask("memory").getFirst())).isNotNegative();
    }
  }

  @Test
  default void twoRunSideBySide() {
    try (ConsoleSession one = ConsoleSession.open(runtime());
        ConsoleSession two = ConsoleSession.open(runtime())) {
      one.run("x = 'one'");
      two.run("x = 'two'");
      var waiting = one.startRun("print('begun')\nwhile not input(): print(x)");
      one.await("begun");
      assertThat(two.show("x")).isEqualTo("'two'\n");
      assertThat(two.show("sum(range(1_000_000))")).isEqualTo("499999500000\n");
      one.type("");
      one.await("one\n");
      one.type("enough");
      assertThat(Session.await(waiting)).containsExactly("ok");
    }
  }

  @Test
  default void aClosedOneAnswersNoMore() {
    ConsoleSession console = ConsoleSession.open(runtime());
    console.run("import atexit\natexit.register(print, 'good-bye')");
    Session.await(console.close(true));
    assertThat(console.takeOutput()).endsWith("good-bye\n");
    assertThatThrownBy(() -> console.run("1"))
        .isInstanceOf(ConsoleDied.class)
        .hasMessageContaining("closed");
    console.console().interrupt();
    console.console().kill();
    assertThat(console.console().stack()).isEmpty();
    console.close();
  }
}
