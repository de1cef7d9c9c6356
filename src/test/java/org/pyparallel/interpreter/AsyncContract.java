package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.ShardResult;

/// Functions that are `async def`.
interface AsyncContract extends Subject {
  @Test
  default void worksOnRecordsAtOnceInTheirOrder() {
    String source =
        """
        import asyncio
        import pyparallel

        now = most = 0

        async def setup():
            global loop
            await asyncio.sleep(0)
            loop = asyncio.get_running_loop()

        async def process(record):
            global now, most
            assert asyncio.get_running_loop() is loop
            now += 1
            most = max(most, now)
            print("begin", record)
            await asyncio.sleep((9 - int(record)) / 500)
            print("end", pyparallel.record.line)
            now -= 1
            if record == "3":
                await asyncio.wait_for(fail(record), 5)
            return {"record": int(record)} if record == "5" else record

        async def fail(record):
            await asyncio.sleep(0)
            raise ValueError(record)

        async def teardown():
            await asyncio.sleep(0)
            print("most", most)
        """;
    StringBuffer diagnostics = new StringBuffer();
    try (Session session = script(source).concurrency(4).open(diagnostics)) {
      var outcome = session.run("1\n2\n3\n4\n5\n6\n7\n8\n");
      StringBuilder expected = new StringBuilder();
      for (int record = 1; record <= 8; record++) {
        expected.append("begin " + record + "\nend " + record + "\n");
        expected.append(
            switch (record) {
              case 3 -> "";
              case 5 -> "{\"record\":5}\n";
              default -> record + "\n";
            });
      }
      assertThat(outcome.text()).isEqualTo(expected.toString());
      assertThat(outcome.result().records()).isEqualTo(8);
      assertThat(outcome.result().errors())
          .extracting(
              PythonError::record, PythonError::line, PythonError::offset, PythonError::type)
          .containsExactly(tuple(2L, 2L, 4L, "ValueError"));
      PythonError error = outcome.result().errors().getFirst();
      assertThat(error.frames().getFirst().function()).isEqualTo("process");
      assertThat(error.frames().getLast().function()).isEqualTo("fail");
      assertThat(session.run("9\n").text()).isEqualTo("begin 9\nend 9\n9\n");
    }
    assertThat(diagnostics.toString()).isEqualTo("most 4\n");
  }

  @Test
  default void triesAsyncGeneratorsAgain() {
    String source =
        """
        import asyncio

        tries = {}

        async def process(record):
            tries[record] = tries.get(record, 0) + 1
            print("try", record, tries[record])
            yield "begun"
            await asyncio.sleep(0)
            if record.startswith("bad") and tries[record] <= int(record[3:]):
                raise ValueError(record)
            yield record
        """;
    Setup setup = script(source).recovery(new Recovery(2, true, false, Optional.empty()));
    try (Session session = setup.open()) {
      var outcome = session.run("a\nbad2\nbad9\nb\n");
      assertThat(outcome.text())
          .isEqualTo(
              """
              try a 1
              begun
              a
              try bad2 3
              begun
              bad2
              try bad9 3
              begun
              try b 1
              begun
              b
              """);
      assertThat(outcome.result().failedRecords()).isEqualTo(1);
    }
  }

  @Test
  default void stopsWhatAwaits() throws InterruptedException {
    String source =
        """
        import asyncio

        async def process(record):
            if record == "first":
                yield "." * 300_000
                yield b""
            await asyncio.sleep(3600)
        """;
    StringBuffer diagnostics = new StringBuffer();
    try (Session session = script(source).open(diagnostics)) {
      CountDownLatch started = new CountDownLatch(1);
      var running =
          session.start(
              "first\nb\nc\n",
              _ -> {
                started.countDown();
                return true;
              });
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      session.interrupt();
      assertThat(Session.await(running)).isEqualTo(new ShardResult.Interrupted());
    }
    assertThat(diagnostics.toString()).isEmpty();
  }

  @Test
  default void refusesConcurrencyForPlainFunctions() {
    Setup setup = script("def process(record):\n    return record\n").concurrency(3);
    assertThatThrownBy(setup::open)
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("--concurrency 3 is for async def process")
        .hasMessageContaining("leave it out");
  }
}
