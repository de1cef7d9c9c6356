package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Looking at interpreters while they come and go, and while nobody can.
final class CPythonStackTest {
  private static final CPythonRuntime RUNTIME =
      new CPythonRuntime(Path.of(System.getProperty("pyparallel.home")));

  @TempDir private Path folder;

  @Test
  void looksAtInterpretersThatComeAndGo() throws Exception {
    Path script =
        script(
            """
            import threading
            def work(depth):
                return depth and [work(depth - 1) for _ in range(3)] and depth
            def setup():
                work(4)
            def process(record):
                thread = threading.Thread(target=work, args=(5,))
                thread.start()
                try:
                    work(10)
                    {}[record]
                finally:
                    thread.join()
            """);
    Set<Interpreter> known = ConcurrentHashMap.newKeySet();
    AtomicInteger seen = new AtomicInteger();
    List<FutureTask<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      workers.add(
          start(
              () -> {
                for (int cycle = 0; cycle < 15 || (seen.get() == 0 && cycle < 500); cycle++) {
                  Interpreter interpreter = open(script, known);
                  for (int shard = 0; shard < 4; shard++) {
                    assertThat(run(interpreter)).isNotNull();
                  }
                  if (cycle % 3 == 0) {
                    interpreter.interrupt();
                  }
                  interpreter.close();
                  if (cycle % 2 == 0) {
                    known.remove(interpreter);
                  }
                }
                return 0;
              }));
    }
    AtomicBoolean done = new AtomicBoolean();
    List<FutureTask<Integer>> onlookers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      onlookers.add(
          start(
              () -> {
                int calls = 0;
                while (!done.get()) {
                  for (Interpreter interpreter : known) {
                    String stack = interpreter.stack();
                    calls++;
                    if (stack.contains("in work")) {
                      seen.incrementAndGet();
                      assertThat(stack).doesNotContain("_driver").doesNotContain("_stacks");
                    }
                  }
                  Thread.onSpinWait();
                }
                return calls;
              }));
    }
    for (FutureTask<Integer> worker : workers) {
      worker.get();
    }
    done.set(true);
    for (FutureTask<Integer> onlooker : onlookers) {
      assertThat(onlooker.get()).isPositive();
    }
    assertThat(seen).hasPositiveValue();
    for (Interpreter interpreter : known) {
      assertThat(interpreter.stack()).isEmpty();
    }
  }

  @Test
  void saysThatACFunctionKeepsEverybodyOut() throws Exception {
    Path script =
        script(
            """
            def process(record):
                sum(range(100_000_000))
                while True:
                    pass
            """);
    CompletableFuture<Interpreter> opened = new CompletableFuture<>();
    FutureTask<ShardResult> running =
        start(
            () -> {
              try (Interpreter interpreter = open(script, ConcurrentHashMap.newKeySet())) {
                opened.complete(interpreter);
                return run(interpreter);
              }
            });
    Interpreter interpreter = opened.get();
    String stack = "";
    while (!stack.startsWith("in a C function") && !running.isDone()) {
      stack = interpreter.stack();
    }
    assertThat(stack).isEqualTo(Onlooker.HIDDEN);
    assertThat(interpreter.stack()).isEqualTo(Onlooker.HIDDEN);
    interpreter.interrupt();
    assertThat(running.get()).isInstanceOf(ShardResult.Interrupted.class);
    assertThat(interpreter.stack()).isEmpty();
  }

  private Path script(String source) throws IOException {
    return Files.writeString(folder.resolve("script.py"), source);
  }

  private static Interpreter open(Path script, Set<Interpreter> known) {
    return RUNTIME.open(
        new InterpreterConfig(Setup.plan(script, 3), 0, OptionalLong.empty(), _ -> {}, known::add));
  }

  private static ShardResult run(Interpreter interpreter) {
    ByteBuffer data = ByteBuffer.wrap("a\n".getBytes(StandardCharsets.UTF_8));
    return interpreter.run(new Shard(0, "source", 0, 0, new ShardData.Bytes(data)), _ -> true);
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "test", 16L << 20);
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
