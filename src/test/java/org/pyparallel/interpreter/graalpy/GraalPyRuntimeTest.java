package org.pyparallel.interpreter.graalpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

final class GraalPyRuntimeTest extends InterpreterContract {
  private static final GraalPyRuntime RUNTIME =
      new GraalPyRuntime(Path.of(System.getProperty("pyparallel.home")));

  private final StringBuilder diagnostics = new StringBuilder();

  @Override
  public Runtime runtime() {
    return RUNTIME;
  }

  @AfterAll
  static void close() {
    RUNTIME.close();
  }

  @Test
  void knowsItsVersion() {
    assertThat(RUNTIME.availability())
        .isInstanceOfSatisfying(
            Availability.Available.class,
            available ->
                assertThat(available.version())
                    .matches("Python 3\\.12\\.\\d+, GraalPy 25\\.0\\.\\d+"));
  }

  @Test
  void survivesAScriptThatEndsItsInterpreter() throws IOException {
    try (Interpreter interpreter = open("import os\ndef process(record):\n    os._exit(3)\n", 2)) {
      assertThatExceptionOfType(RuntimeFailed.class)
          .isThrownBy(() -> run(interpreter, _ -> true))
          .withMessageContaining("os._exit(3)");
    }
  }

  @Test
  void letsNoExceptionOfTheOutputThroughToTheScript() throws IOException {
    String source =
        """
        def process(record):
            try:
                while True:
                    yield "x" * 1000
            except BaseException as error:
                print(type(error))
                raise
        """;
    try (Interpreter interpreter = open(source, 2)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  run(
                      interpreter,
                      _ -> {
                        throw new IllegalStateException("the merge stage broke");
                      }))
          .withMessage("the merge stage broke");
    }
    assertThat(diagnostics).doesNotContain("IllegalStateException");
  }

  @Test
  void sharesAnEngineAmongManyWorkersAndRunsExitHandlers() throws IOException {
    String source =
        """
        import atexit, os
        atexit.register(print, "at exit")
        def process(record):
            os.write(2, b"past sys.stderr")
        """;
    try (Interpreter one = open(source, 64);
        Interpreter two = open(source, 64)) {
      assertThat(run(one, _ -> true)).isEqualTo(run(two, _ -> true));
    }
    assertThat(diagnostics.toString().lines())
        .containsExactlyInAnyOrder("at exit", "past sys.stderr", "at exit", "past sys.stderr");
  }

  private Interpreter open(String source, int workers) throws IOException {
    Path script = Files.writeString(folder().resolve("script.py"), source);
    return RUNTIME.open(
        new InterpreterConfig(
            Setup.plan(script, workers), 0, OptionalLong.empty(), diagnostics::append, _ -> {}));
  }

  private static ShardResult run(Interpreter interpreter, ShardOutput output) {
    ByteBuffer bytes = ByteBuffer.wrap("a\n".getBytes(StandardCharsets.UTF_8));
    return interpreter.run(new Shard(0, "source", 0, 0, new ShardData.Bytes(bytes)), output);
  }
}
