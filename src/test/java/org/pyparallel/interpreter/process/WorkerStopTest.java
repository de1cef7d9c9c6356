package org.pyparallel.interpreter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// That whatever runs can be stopped and looked at, and that nothing is left behind.
@Timeout(60)
final class WorkerStopTest {
  /// Goes on for ever in C, without letting go of Python's lock or looking for signals.
  private static final String STUCK = "collections.deque(itertools.repeat(0), 0)";

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftBehind() throws InterruptedException {
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      boolean ours = child.info().commandLine().orElse("").contains("_worker.py");
      for (int i = 0; ours && child.isAlive() && i < 500; i++) {
        Thread.sleep(10);
      }
      assertThat(ours && child.isAlive()).describedAs("%s", child).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pass",
        "time.sleep(100)",
        "subprocess.run(['sleep', '100'])",
        "threading.Event().wait()",
        STUCK,
        "hold()",
        "signal.signal(signal.SIGURG, signal.SIG_IGN)",
      })
  void anInterruptedShardEnds(String statement) throws InterruptedException {
    Workplace place =
        new Workplace(
            folder,
            """
            import collections, itertools, signal, subprocess, threading, time
            def hold():
                try:
                    time.sleep(100)
                except BaseException:
                    pass
            def process(x):
                print("begun" + "." * 300_000)
                yield b""
                while True:
                    %s
            """
                .formatted(statement));
    try (Interpreter interpreter = place.open()) {
      Workplace.Kept output = new Workplace.Kept();
      Thread stopper = new Thread(() -> stop(interpreter, output));
      stopper.start();
      assertThat(interpreter.run(Workplace.shard("a\n"), output))
          .isEqualTo(new ShardResult.Interrupted());
      stopper.join();
      assertThat(interpreter.isSpent()).isTrue();
    }
    assertThat(place.diagnostics()).isEmpty();
  }

  private static void stop(Interpreter interpreter, Workplace.Kept output) {
    try {
      output.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    interpreter.interrupt();
    interpreter.interrupt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"while True: pass", "import collections, itertools; " + STUCK})
  void aScriptThatIsBeingLoadedIsStopped(String statement) throws InterruptedException {
    AtomicReference<Interpreter> opened = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Path mark = folder.resolve("mark");
    Workplace place =
        new Workplace(
                folder,
                "def process(x): pass\nopen(%s, 'w').close()\n".formatted(quoted(mark)) + statement)
            .opening(
                interpreter -> {
                  opened.set(interpreter);
                  begun.countDown();
                });
    Thread stopper =
        new Thread(
            () -> {
              try {
                begun.await();
                while (!Files.exists(mark)) {
                  Thread.sleep(5);
                }
                opened.get().interrupt();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    stopper.start();
    try (Interpreter interpreter = place.open()) {
      assertThat(interpreter.isSpent()).isTrue();
      assertThat(Workplace.run(interpreter, "a\n")).isEqualTo(new ShardResult.Interrupted());
    }
    stopper.join();
  }

  @Test
  void oneThatIsInterruptedBeforeItGreetsIsSpent() {
    Workplace place =
        new Workplace(folder, "def process(x): return x\n").opening(Interpreter::interrupt);
    try (Interpreter interpreter = place.open()) {
      assertThat(interpreter.isSpent()).isTrue();
    }
  }

  @Test
  void theStackTellsWhereTheScriptIs() throws InterruptedException {
    String running = stackOf("time.sleep(0.01)");
    assertThat(running)
        .contains("in process\n    time.sleep(0.01)")
        .doesNotContain("_driver", "_process");
    assertThat(stackOf(STUCK))
        .isEqualTo(
            "in a C function that holds the interpreter's lock, so that nobody can look at the stack");
  }

  private String stackOf(String statement) throws InterruptedException {
    Workplace place =
        new Workplace(
            folder,
            """
            import collections, itertools, time
            def process(x):
                print("begun" + "." * 300_000)
                yield b""
                while True:
                    %s
            """
                .formatted(statement));
    AtomicReference<String> stack = new AtomicReference<>("");
    try (Interpreter interpreter = place.open()) {
      assertThat(interpreter.stack()).isEmpty();
      Workplace.Kept output = new Workplace.Kept();
      Thread looker =
          new Thread(
              () -> {
                try {
                  output.await();
                  do {
                    stack.set(interpreter.stack());
                  } while (!stack.get().contains(statement) && !stack.get().startsWith("in a C"));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                interpreter.interrupt();
              });
      looker.start();
      interpreter.run(Workplace.shard("a\n"), output);
      looker.join();
    }
    return stack.get();
  }

  @Test
  void aScriptWithoutEndIsToldThatNobodyWantsItsOutput() {
    Workplace place = new Workplace(folder, "while True:\n    print('x' * 1000)\n");
    try (Interpreter interpreter = place.open()) {
      assertThat(interpreter.run(Workplace.shard(""), _ -> false))
          .isEqualTo(new ShardResult.Interrupted());
      assertThat(interpreter.isSpent()).isFalse();
      assertThatThrownBy(
              () ->
                  interpreter.run(
                      Workplace.shard(""),
                      _ -> {
                        throw new IllegalStateException("no room");
                      }))
          .hasMessageContaining("no room");
    }
  }

  @Test
  void itsMemoryIsKnown() {
    Workplace place = new Workplace(folder, "block = b'x' * (64 << 20)\ndef process(x): pass\n");
    try (Interpreter interpreter = place.open()) {
      if (Files.exists(Path.of("/proc/self/status"))) {
        assertThat(interpreter.memoryBytes()).isBetween(64L << 20, 512L << 20);
      }
    }
  }

  @Test
  void aFileThatShrinksFailsTheShardAsElsewhere() throws IOException {
    Path file = Files.writeString(folder.resolve("in.txt"), "one\ntwo\n");
    try (Interpreter interpreter = new Workplace(folder, "def process(x): return x\n").open()) {
      Workplace.Kept output = new Workplace.Kept();
      interpreter.run(Workplace.shard(new ShardData.FileRange(file, 4, 4)), output);
      assertThat(output.text()).isEqualTo("two\n");
      ShardResult shrunk =
          interpreter.run(Workplace.shard(new ShardData.FileRange(file, 4, 9)), output);
      assertThat(shrunk.errors().getLast().message())
          .isEqualTo("cannot read source: the file ends at byte 8: it has shrunk during the run");
      ShardResult gone =
          interpreter.run(
              Workplace.shard(new ShardData.FileRange(folder.resolve("gone"), 0, 1)), output);
      assertThat(gone.errors().getLast().message())
          .isEqualTo("cannot read source: the file is gone: it was there when the run started");
      assertThat(interpreter.isSpent()).isFalse();
    }
  }

  @Test
  void aThreadThatTheScriptLeavesRunningIsWaitedFor() throws IOException {
    Path mark = folder.resolve("mark");
    Workplace place =
        new Workplace(
            folder,
            """
            import threading, time
            def late():
                time.sleep(0.3)
                open(%s, "w").close()
            def process(x):
                threading.Thread(target=late).start()
            """
                .formatted(quoted(mark)));
    try (Interpreter interpreter = place.open()) {
      Workplace.run(interpreter, "a\n");
    }
    assertThat(mark).exists();
  }

  @Test
  void childrenOfAScriptThatIsKilledAreKilled() throws Exception {
    Path mark = folder.resolve("mark");
    Workplace place =
        new Workplace(
            folder,
            """
            import collections, itertools, subprocess
            def process(x):
                child = subprocess.Popen(["sleep", "100"])
                with open(%s, "w") as file:
                    file.write(str(child.pid) + "\\n")
                print("begun" + "." * 300_000)
                try:
                    yield b""
                except BaseException:
                    pass
                %s
            """
                .formatted(quoted(mark), STUCK));
    try (Interpreter interpreter = place.open()) {
      Workplace.Kept output = new Workplace.Kept();
      Thread stopper = new Thread(() -> stop(interpreter, output));
      stopper.start();
      interpreter.run(Workplace.shard("a\n"), output);
      stopper.join();
    }
    long pid = Long.parseLong(Files.readString(mark).strip());
    ProcessHandle.of(pid).ifPresent(child -> child.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  private static String quoted(Path path) {
    return "r'" + path + "'";
  }
}
