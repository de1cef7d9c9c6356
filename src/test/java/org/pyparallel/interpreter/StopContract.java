package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.ShardResult;

/// How interpreters are stopped, and that they do not know of each other.
interface StopContract extends Subject {
  @Test
  default void stopsAnEndlessLoopFromAnotherThread() throws InterruptedException {
    StringBuffer diagnostics = new StringBuffer();
    Session session =
        script(
                """
                import pyparallel
                def process(record):
                    if record == "spin":
                        print("started" + "." * 300_000)
                        yield b""
                        while True:
                            pass
                    yield record
                def teardown():
                    print("teardown")
                """)
            .open(diagnostics);
    try {
      assertThat(session.run("a\n").text()).isEqualTo("a\n");
      CountDownLatch started = new CountDownLatch(1);
      var running =
          session.start(
              "spin\n",
              _ -> {
                started.countDown();
                return true;
              });
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      session.interrupt();
      session.interrupt();
      assertThat(Session.await(running)).isEqualTo(new ShardResult.Interrupted());
      assertThat(session.call(() -> Thread.currentThread().isInterrupted())).isFalse();
      assertThat(session.run("b\n").result()).isEqualTo(new ShardResult.Interrupted());
    } finally {
      session.close();
    }
    session.interrupt();
    assertThat(diagnostics.toString()).doesNotContain("teardown");
  }

  @Test
  default void runsNothingOnceInterrupted() {
    try (Session session = script("def process(record):\n    return record\n").open()) {
      session.interrupt();
      var outcome = session.run("a\n");
      assertThat(outcome.result()).isEqualTo(new ShardResult.Interrupted());
      assertThat(outcome.bytes()).isEmpty();
    }
  }

  @Test
  default void isolatesInterpretersThatRunInParallel() {
    Setup setup =
        script(
            """
            import sys, json
            seen = 0
            def process(record):
                global seen
                seen += 1
                json.mark = getattr(json, "mark", "") + record[0]
                return f"{seen} {record} {len(json.mark)} {set(json.mark) == {record[0]}}"
            """);
    try (Session one = setup.open();
        Session two = setup.open()) {
      StringBuilder first = new StringBuilder();
      StringBuilder second = new StringBuilder();
      for (int i = 1; i <= 500; i++) {
        first.append(i + " a" + i + " " + i + " True\n");
        second.append(i + " b" + i + " " + i + " True\n");
      }
      var running = Session.parallel(one, lines("a"));
      var other = Session.parallel(two, lines("b"));
      assertThat(Session.await(running).text()).isEqualTo(first.toString());
      assertThat(Session.await(other).text()).isEqualTo(second.toString());
    }
  }

  private static String lines(String prefix) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 500; i++) {
      text.append(prefix).append(i).append('\n');
    }
    return text.toString();
  }
}
