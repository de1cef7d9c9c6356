package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// How a script is loaded, called and left.
interface ScriptContract extends Subject {
  @Test
  default void callsProcessForEachRecordAndKeepsTheModule() {
    try (Session session =
        script(
                """
                seen = 0

                def process(record):
                    global seen
                    seen += 1
                    return f"{seen} {record} {__name__} {__file__.endswith('script.py')}"

                if __name__ == "__main__":
                    raise AssertionError("not in function mode")
                """)
            .open()) {
      var first = session.run("a\nb\n");
      assertThat(first.text()).isEqualTo("1 a script True\n2 b script True\n");
      assertThat(first.result()).isEqualTo(finished(2));
      assertThat(session.run("c\n").text()).isEqualTo("3 c script True\n");
      assertThat(session.run("").result()).isEqualTo(finished(0));
    }
  }

  @Test
  default void callsProcessShardWithALazyIterator() {
    try (Session session =
        script(
                """
                def process_shard(records):
                    first = next(records)
                    yield iter(records) is records
                    yield first + "/" + "+".join(records)

                def process(record):
                    raise AssertionError("process_shard comes first")
                """)
            .open()) {
      var outcome = session.run("a\nb\nc");
      assertThat(outcome.text()).isEqualTo("true\na/b+c\n");
      assertThat(outcome.result()).isEqualTo(finished(3));
    }
  }

  @Test
  default void runsOtherScriptsAsFilters() {
    try (Session session =
        script(
                """
                import sys
                assert __name__ == "__main__" and sys.modules["__main__"].sys is sys
                n = 0
                for line in sys.stdin:
                    n += 1
                    print(n, line.rstrip("\\n"))
                sys.stdout.flush()
                sys.stdout.buffer.write(b"\\xff\\n")
                print(sys.argv[1:], end="")
                """)
            .arguments("x y", "é")
            .open()) {
      var first = session.run("a\nö\n");
      assertThat(first.bytes()).isEqualTo(bytes("1 a\n2 ö\n", 0xff, "\n['x y', 'é']"));
      assertThat(first.result()).isEqualTo(finished(0));
      assertThat(session.run("b\n").bytes()).isEqualTo(bytes("1 b\n", 0xff, "\n['x y', 'é']"));
    }
  }

  @Test
  default void aFilterMayGoFromLinesToBytesAndBack() {
    try (Session session =
        script(
                """
                import io, sys
                sys.stdout.write(sys.stdin.readline())
                print(next(sys.stdin), isinstance(sys.stdin, io.TextIOWrapper))
                print(ascii(sys.stdin.read(2)), sys.stdin.buffer.read())
                sys.stdout.flush()
                sys.stdout.buffer.write(b"\\xff")
                try:
                    sys.stdout.write("\\ud800")
                except UnicodeEncodeError as error:
                    print("é", type(error).__name__)
                print(*sys.stdin, sep="+", end="")
                """)
            .open()) {
      for (int i = 0; i < 2; i++) {
        assertThat(session.run("a\r\né\r\nb\r\nc\n").bytes())
            .isEqualTo(bytes("a\né\n True\n'b\\n' b''\n", 0xff, "é UnicodeEncodeError\nc\n"));
      }
    }
  }

  @Test
  default void givesAFilterItsBytesUnchanged() {
    byte[] data = new byte[70_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) ((i * 31) >> 3);
    }
    try (Session session =
        script(
                """
                import sys
                sys.stdout.buffer.write(sys.stdin.buffer.read())
                """)
            .open()) {
      assertThat(session.run(data).bytes()).isEqualTo(data);
    }
  }

  @Test
  default void runsOnceAsMainWithoutInput() {
    try (Session session =
        script(
                """
                def process(record):
                    raise AssertionError
                print(__name__)
                """)
            .once()
            .open()) {
      var outcome = session.run(new ShardData.Nothing());
      assertThat(outcome.text()).isEqualTo("__main__\n");
      assertThat(outcome.result()).isEqualTo(finished(0));
    }
  }

  @Test
  default void callsTheFunctionAskedFor() {
    Setup setup =
        script(
            """
            def process(record):
                raise AssertionError
            def double(record):
                return record * 2
            def count_shard(records):
                return sum(1 for _ in records)
            """);
    try (Session session = setup.call("double").open()) {
      assertThat(session.run("ab\n").text()).isEqualTo("abab\n");
    }
    try (Session session = setup.call("count_shard").open()) {
      assertThat(session.run("a\nb\n").text()).isEqualTo("2\n");
    }
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> setup.call("doble").open())
        .withMessageContainingAll("--call doble", "double");
  }

  @Test
  default void runsSetupFirstAndTeardownLast() {
    StringBuffer diagnostics = new StringBuffer();
    try (Session session =
        script(
                """
                import sys
                state = []
                def setup():
                    state.append("setup")
                    print("in setup")
                def process(record):
                    state.append(record)
                    print("careful", file=sys.stderr)
                    sys.stderr.write("no end")
                def teardown():
                    print("in teardown", state)
                """)
            .open(diagnostics)) {
      assertThat(diagnostics).hasToString("in setup\n");
      assertThat(session.run("a\n").text()).isEmpty();
      assertThat(diagnostics).hasToString("in setup\ncareful\nno end\n");
    }
    assertThat(diagnostics.toString()).endsWith("no end\nin teardown ['setup', 'a']\n");
  }

  @Test
  default void reportsWhatSetupAndTeardownRaise() {
    Setup setup =
        script(
            """
            def setup():
                raise OSError("no disk")
            def process(record):
                pass
            """);
    assertThatExceptionOfType(ScriptFailed.class)
        .isThrownBy(setup::open)
        .satisfies(
            e -> {
              assertThat(e.error().type()).isEqualTo("OSError");
              assertThat(e.error().message()).isEqualTo("no disk");
              assertThat(e.error().frames())
                  .containsExactly(frame(setup, 2, "setup", "raise OSError(\"no disk\")"));
            });
    Session session =
        script(
                """
                def process(record):
                    return record
                def teardown():
                    raise KeyError("gone")
                """)
            .open();
    assertThat(session.run("a\n").text()).isEqualTo("a\n");
    assertThatExceptionOfType(ScriptFailed.class)
        .isThrownBy(session::close)
        .satisfies(e -> assertThat(e.error().type()).isEqualTo("KeyError"));
  }

  @Test
  default void reportsAScriptThatCannotBeLoaded() {
    Setup broken = script("x = 1\ndef process(record) pass:\n");
    assertThatExceptionOfType(ScriptFailed.class)
        .isThrownBy(broken::open)
        .satisfies(
            e -> {
              assertThat(e.error().type()).isEqualTo("SyntaxError");
              assertThat(e.error().message()).isNotBlank();
              assertThat(e.error().traceback())
                  .contains(broken.plan().script().file() + "\", line 2")
                  .doesNotContain("_driver");
            });
    Setup exits = script("import sys\nsys.exit(4)\ndef process(record): pass\n");
    assertThatExceptionOfType(ScriptFailed.class)
        .isThrownBy(exits::open)
        .satisfies(
            e -> {
              assertThat(e.error().type()).isEqualTo("SystemExit");
              assertThat(e.error().message()).isEqualTo("the script called sys.exit(4)");
            });
  }

  @Test
  default void importsModulesBesideTheScriptAndTellsOfTheRun() throws IOException {
    Files.writeString(folder().resolve("beside.py"), "def shout(text):\n    return text.upper()\n");
    try (Session session =
        script(
                """
                import sys
                import beside
                from pyparallel import shard
                import pyparallel
                def process(record):
                    where = [shard.index, shard.count, shard.source, shard.start, shard.end]
                    return [beside.shout(record), *where, shard.first_record, sys.argv[1:],
                            pyparallel.worker, pyparallel.workers, sys.argv[0] == __file__]
                """)
            .arguments("-n", "3")
            .open()) {
      session.run("x\ny\n");
      assertThat(session.run("abc\n").text())
          .isEqualTo("[\"ABC\",1,7,\"source\",4,8,2,[\"-n\",\"3\"],1,2,true]\n");
    }
  }

  /// The result of a shard without errors in which lines are records.
  static ShardResult finished(long records) {
    return finished(records, records);
  }

  /// The result of a shard without errors.
  static ShardResult finished(long records, long lines) {
    return new ShardResult.Finished(records, lines, 0, java.util.List.of());
  }

  static PythonError.Frame frame(Setup setup, int line, String function, String source) {
    return new PythonError.Frame(setup.plan().script().file().toString(), line, function, source);
  }

  /// Text in UTF-8 and single bytes, in a row.
  static byte[] bytes(Object... parts) {
    var bytes = new java.io.ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer value) {
        bytes.write(value);
      } else {
        bytes.writeBytes(part.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
