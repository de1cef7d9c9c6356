package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.ShardResult;

/// A console inside an interpreter in which a script failed.
interface PostMortemContract extends Subject {
  Recovery LOOKING = new Recovery(0, false, false, Optional.empty(), true);

  String HALVES =
      """
      import sys, threading
      scale = 2

      def process(line):
          number = int(line)
          return 10 * scale // number

      def teardown():
          print("torn", "down")
          1 // 0
      """;

  @Test
  default void showsTheRecordThatFailed() {
    try (Session session = script(HALVES).recovery(LOOKING).open()) {
      assertThat(session.run("10\n5\n").text()).isEqualTo("2\n4\n");
      assertThat(session.run("2\n0\n1\n").result()).isInstanceOf(ShardResult.Failed.class);
      ConsoleSession console = session.console();
      assertThat(console.show("record, type(error).__name__, scale"))
          .isEqualTo("('0', 'ZeroDivisionError', 2)\n");
      assertThat(console.show("scale = 20; process('10')")).isEqualTo("20\n");
      assertThat(console.show("sys.last_value is error")).isEqualTo("True\n");
      assertThat(console.show("error.__traceback__.tb_frame.f_locals['number']")).isEqualTo("0\n");
      assertThat(console.show("undefined")).startsWith("error|NameError|");
      assertThat(console.ask("complete", "process(sca", "11")).contains("scale");
      assertThat(console.ask("names")).contains("process", "record", "error");
      assertThat(console.ask("reset")).containsExactly("ok");
      assertThat(console.show("scale, record")).isEqualTo("(2, '0')\n");

      console.type("8");
      assertThat(console.show("process(input())")).isEqualTo("2\n");
      Future<List<String>> loop = console.startRun("print('begun')\nwhile True: pass");
      console.await("begun");
      console.console().interrupt();
      assertThat(Session.await(loop)).containsExactly("interrupted");
      assertThat(console.show("scale")).isEqualTo("2\n");

      console.close();
      assertThat(console.takeOutput()).contains("torn down\n");
      assertThat(console.errors()).contains("in teardown", "ZeroDivisionError");
    }
  }

  @Test
  default void showsWhatAFilterWasGiven() {
    Setup setup = script("import sys\nfirst = sys.stdin.readline()\nint(first)\n");
    try (Session session = setup.recovery(LOOKING).open()) {
      assertThat(session.run("x\ny\n").result()).isInstanceOf(ShardResult.Failed.class);
      try (ConsoleSession console = session.console()) {
        assertThat(console.show("__name__, first, record"))
            .isEqualTo("('__main__', 'x\\n', b'x\\ny\\n')\n");
      }
    }
  }

  @Test
  default void showsAScriptThatCannotBeLoaded() {
    Setup setup =
        script("limit = 7\ndef setup():\n    raise LookupError(limit)\ndef process(x): pass\n")
            .recovery(LOOKING);
    List<String> shown = new ArrayList<>();
    InterpreterConfig config =
        new InterpreterConfig(
            setup.plan(),
            0,
            OptionalLong.empty(),
            _ -> {},
            _ -> {},
            (interpreter, reason) -> {
              shown.add(reason.error().type());
              try (Console console = interpreter.console(new Shown(shown))) {
                console.ask("run", "limit, error", "1", "<input 1>");
              }
            },
            false);
    assertThatThrownBy(() -> Session.open(runtime(), config, new StringBuffer()))
        .isInstanceOf(ScriptFailed.class);
    assertThat(String.join("", shown)).isEqualTo("LookupError(7, LookupError(7))\n");
  }

  /// Keeps what is printed.
  record Shown(List<String> text) implements ConsoleOutput {
    @Override
    public void out(String printed) {
      text.add(printed);
    }

    @Override
    public void err(String printed) {
      text.add(printed);
    }

    @Override
    public @Nullable String input(String prompt) {
      return null;
    }
  }

  @Test
  default void thereIsNothingToShowWhereNothingFailed() {
    try (Session session = script(HALVES.replace("1 // 0", "")).recovery(LOOKING).open()) {
      session.run("1\n");
      assertThatThrownBy(session::console)
          .isInstanceOf(PyParallelException.class)
          .hasMessageContaining("none of the script's code");
    }
  }
}
