package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.pyparallel.Aside;
import org.pyparallel.job.ShardResult;

/// Looking at the stack of a running script, and stopping one that is still being loaded.
interface StackContract extends Subject {
  @Test
  default void tellsWhereALoopIs() throws InterruptedException {
    Session session =
        script(
                """
                def process(record):
                    return spin(record)
                def spin(record):
                    while True:
                        record = record[::-1]
                """)
            .open();
    try (session) {
      assertThat(session.stack()).isEmpty();
      Future<ShardResult> running = session.start("a\n", _ -> true);
      String stack = waitFor(session::stack, "spin");
      assertThat(stack.lines().map(line -> line.replaceAll("\".*\"", "FILE")))
          .startsWith(
              "Traceback (most recent call last):",
              "  File FILE, line 2, in process",
              "    return spin(record)")
          .element(3)
          .asString()
          .matches("  File FILE, line [45], in spin");
      assertThat(stack).contains("script.py\"").doesNotContain("_driver").doesNotEndWith("\n");
      session.interrupt();
      assertThat(Session.await(running)).isEqualTo(new ShardResult.Interrupted());
      assertThat(session.stack()).isEmpty();
    }
    assertThat(session.stack()).isEmpty();
  }

  @Test
  default void tellsWhereAScriptSleepsAndGoesOnUndisturbed() throws InterruptedException {
    try (Session session =
        script(
                """
                import os, time
                def process(record):
                    while not os.path.exists(record):
                        time.sleep(0.05)
                    return "done"
                """)
            .open()) {
      Future<ShardResult> running = session.start(folder().resolve("go") + "\n", _ -> true);
      assertThat(waitFor(session::stack, "time.sleep(0.05)")).contains("line 4, in process");
      for (int i = 0; i < 50; i++) {
        session.stack();
      }
      assertThat(folder().resolve("go").toFile().mkdir()).isTrue();
      assertThat(Session.await(running)).isInstanceOf(ShardResult.Finished.class);
    }
  }

  @Test
  default void tellsOfTheScriptsOwnThreads() throws InterruptedException {
    try (Session session =
        script(
                """
                import threading
                gone = threading.Event()
                def wait():
                    gone.wait()
                def process(record):
                    thread = threading.Thread(target=wait, name="waiter")
                    thread.start()
                    try:
                        while True:
                            pass
                    finally:
                        gone.set()
                        thread.join()
                """)
            .open()) {
      Future<ShardResult> running = session.start("a\n", _ -> true);
      String stack = waitFor(session::stack, "Thread waiter");
      assertThat(stack)
          .startsWith("Traceback (most recent call last):\n")
          .contains("\n\nThread waiter (most recent call last):\n  File ");
      session.interrupt();
      Session.await(running);
    }
  }

  @Test
  default void stopsAScriptThatNeverEndsLoading() throws Exception {
    for (String source :
        new String[] {
          "def process(record):\n    pass\nwhile True:\n    pass\n",
          "import time\ndef process(record):\n    pass\ndef setup():\n    while True:\n"
              + "        time.sleep(0.01)\n"
        }) {
      CompletableFuture<Interpreter> opening = new CompletableFuture<>();
      Setup setup = script(source);
      var open = Aside.run(() -> setup.open(new StringBuffer(), opening::complete));
      Interpreter interpreter = Session.await(opening);
      waitFor(interpreter::stack, source.contains("setup") ? "in setup" : "in <module>");
      interpreter.interrupt();
      try (Session session = Session.await(open)) {
        assertThat(session.isSpent()).isTrue();
        assertThat(session.run("a\n").result()).isEqualTo(new ShardResult.Interrupted());
      }
    }
  }

  @Test
  default void loadsNothingOnceInterrupted() {
    StringBuffer diagnostics = new StringBuffer();
    try (Session session =
        script("print('loaded')\ndef process(record):\n    pass\n")
            .open(diagnostics, Interpreter::interrupt)) {
      assertThat(session.isSpent()).isTrue();
    }
    assertThat(diagnostics.toString()).isEmpty();
  }

  @Test
  default void saysThatAScriptWaitsForItsOutputToBeTaken() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    try (Session session = script("def process(record):\n    return 'x' * 3_000_000\n").open()) {
      Future<ShardResult> running =
          session.start(
              "a\n",
              _ -> {
                try {
                  taken.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                return true;
              });
      waitFor(session::stack, "waiting for its output to be taken");
      taken.countDown();
      assertThat(Session.await(running)).isInstanceOf(ShardResult.Finished.class);
    }
  }

  /// Something that gives text.
  @FunctionalInterface
  interface Source {
    String get();
  }

  /// Asks again and again until the answer holds a text; a test's own time limit ends it.
  static String waitFor(Source source, String part) throws InterruptedException {
    String text = "";
    for (int i = 0; i < 2000; i++) {
      text = source.get();
      if (text.contains(part)) {
        return text;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no " + part + " in " + text);
  }
}
