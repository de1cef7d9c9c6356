package org.pyparallel.interpreter.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.Interpreter;

/// That worker processes do not outlive the process that started them, even where that is killed.
final class HostDeathTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"while True: pass", "time.sleep(100)", "deque(repeat(0), 0)"})
  void endsAWorkerWhoseHostIsKilled(String statement) throws IOException {
    Process host =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dpyparallel.home=" + Workplace.HOME,
                Host.class.getName(),
                folder.toString(),
                statement)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle worker;
    try (BufferedReader said = host.inputReader()) {
      worker = ProcessHandle.of(Long.parseLong(said.readLine().strip())).orElseThrow();
    } finally {
      host.destroyForcibly();
    }
    worker.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(worker.isAlive()).isFalse();
  }

  /// Runs a script that never comes back, and prints what it prints first.
  static final class Host {
    private Host() {}

    public static void main(String[] arguments) {
      String script =
          """
          import os, time
          from collections import deque
          from itertools import repeat
          def process(x):
              print(os.getpid(), "." * 300_000)
              yield b""
              %s
          """
              .formatted(arguments[1]);
      try (Interpreter interpreter = new Workplace(Path.of(arguments[0]), script).open()) {
        interpreter.run(
            Workplace.shard("a\n"),
            chunk -> {
              byte[] text = new byte[chunk.remaining()];
              chunk.get(text);
              String all = new String(text, java.nio.charset.StandardCharsets.US_ASCII);
              if (all.indexOf(' ') > 0) {
                System.out.println(all.substring(0, all.indexOf(' ')));
              }
              return true;
            });
      }
    }
  }
}
