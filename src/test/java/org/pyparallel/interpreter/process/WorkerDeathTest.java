package org.pyparallel.interpreter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What becomes of a worker process that ends in the middle of its work.
final class WorkerDeathTest {
  @TempDir Path folder;

  static Stream<Arguments> deaths() {
    return Stream.of(
        arguments("os._exit(3)", "the script ended the worker process with status 3 (os._exit)"),
        arguments("os._exit(0)", "the script ended the worker process with status 0 (os._exit)"),
        arguments(
            "os.kill(os.getpid(), 9)",
            "the worker process was killed by signal 9 (SIGKILL), as the system does when there is"
                + " no memory left"),
        arguments(
            "os.kill(os.getpid(), 15)", "the worker process was killed by signal 15 (SIGTERM)"),
        arguments("os.abort()", "the worker process was killed by signal 6 (SIGABRT)"),
        arguments("ctypes.string_at(0)", "the worker process was killed by signal 11 (SIGSEGV)"),
        arguments("os.closerange(3, 2000)", "the script ended the worker process with status 1"));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void failsTheShardAndTellsWhatHappened(String deed, String message) {
    Workplace place =
        new Workplace(
            folder,
            """
            import ctypes, os, sys
            def process(x):
                if x == "die":
                    os.system("echo last words >&2")
                    %s
                return x
            """
                .formatted(deed));
    try (Interpreter interpreter = place.open()) {
      assertThat(Workplace.run(interpreter, "a\n")).isInstanceOf(ShardResult.Finished.class);
      assertThat(interpreter.isSpent()).isFalse();
      ShardResult result = Workplace.run(interpreter, "b\ndie\nc\n");
      assertThat(result).isInstanceOf(ShardResult.Failed.class);
      PythonError error = result.errors().getLast();
      assertThat(error.type()).isEqualTo("WorkerDied");
      assertThat(error.message()).startsWith(message);
      assertThat(error.traceback()).endsWith("WorkerDied: " + error.message());
      assertThat(interpreter.isSpent()).isTrue();
      assertThat(interpreter.stack()).isEmpty();
      assertThat(interpreter.memoryBytes()).isZero();
      assertThat(Workplace.run(interpreter, "c\n")).isInstanceOf(ShardResult.Interrupted.class);
    }
    assertThat(place.diagnostics()).startsWith("last words\n").doesNotContain("Fatal Python");
  }

  @Test
  void tellsWhereItCrashed() {
    Workplace place =
        new Workplace(
            folder,
            """
            import ctypes
            def deep():
                ctypes.string_at(0)
            def process(x):
                deep()
            """);
    try (Interpreter interpreter = place.open()) {
      PythonError error = Workplace.run(interpreter, "a\n").errors().getLast();
      assertThat(error.frames())
          .endsWith(
              new PythonError.Frame(place.script(), 5, "process", ""),
              new PythonError.Frame(place.script(), 3, "deep", ""),
              error.frames().getLast())
          .noneMatch(frame -> frame.file().contains("_driver"));
      assertThat(error.traceback())
          .startsWith("Traceback (most recent call last):\n  File \"" + place.script());
    }
  }

  @Test
  void failsTheScriptWhereItDiesAtItsTopLevelOrInSetupOrTeardown() {
    for (String script :
        new String[] {
          "import os\ndef process(x): pass\nos._exit(4)\n",
          "import os\ndef process(x): pass\ndef setup(): os._exit(4)\n",
          "import os\ndef process(x): pass\ndef teardown(): os._exit(4)\n"
        }) {
      Workplace place = new Workplace(folder, script);
      assertThatExceptionOfType(ScriptFailed.class)
          .isThrownBy(() -> place.open().close())
          .satisfies(e -> assertThat(e.error().type()).isEqualTo("WorkerDied"))
          .withMessageContaining("status 4");
    }
  }

  @Test
  void tellsOfOneThatDiesAfterItsWork() {
    Workplace place =
        new Workplace(
            folder,
            "import atexit, os\ndef process(x): pass\natexit.register(os.kill, os.getpid(), 11)\n");
    place.open().close();
    assertThat(place.diagnostics())
        .isEqualTo(
            "after the end of its work: the worker process was killed by signal 11 (SIGSEGV)\n");
  }

  @Test
  void survivesEndlessRecursionAndAMemoryError() {
    Workplace place =
        new Workplace(
            folder,
            """
            def process(x):
                if x == "deep":
                    return process(x)
                return len(bytearray(1 << 62))
            """);
    try (Interpreter interpreter = place.open()) {
      ShardResult result = Workplace.run(interpreter, "deep\nlarge\n");
      assertThat(result.errors())
          .extracting(PythonError::type)
          .containsExactly("RecursionError", "MemoryError");
    }
  }
}
