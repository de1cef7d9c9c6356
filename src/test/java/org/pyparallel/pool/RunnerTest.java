package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.FakeInterpreter;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Runs in which nothing goes wrong but what the script raises.
@Timeout(30)
class RunnerTest {
  private static final String TEXT_OF_LINES = "LINE %d\n";

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 40})
  void resultsComeInInputOrder(int shards) throws InterruptedException {
    TestRun run = new TestRun(slowedDown(FakeScripts.upperCase()), ListSource.lines(shards));

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo(results(shards));
    assertThat(report.end()).isEqualTo(RunReport.End.COMPLETE);
    assertThat(report.isClean()).isTrue();
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void unorderedResultsComeAsTheShardsComplete() {
    CountDownLatch laterIsDone = new CountDownLatch(1);
    CollectingSink sink =
        new CollectingSink() {
          @Override
          public synchronized void endOfShard(ShardReport report) throws IOException {
            super.endOfShard(report);
            laterIsDone.countDown();
          }
        };
    FakeScript script =
        (shard, _, output) -> {
          if (shard.index() == 0) {
            laterIsDone.await();
          }
          FakeScripts.write(output, shard.index() + "\n");
          return new ShardResult.Finished(1, 0, List.of());
        };
    TestRun run =
        new TestRun(
            new FakeRuntime(script),
            ListSource.lines(2),
            sink,
            TestRun.plan(2, Ordering.COMPLETION));

    run.runner.run();

    assertThat(sink.text()).isEqualTo("1\n0\n");
  }

  @Test
  void manyUnorderedShardsComeOnceEach() {
    TestRun run =
        new TestRun(
            new FakeRuntime(slowedDown(FakeScripts.upperCase())),
            ListSource.lines(200),
            new CollectingSink(),
            TestRun.plan(4, Ordering.COMPLETION));

    run.runner.run();

    assertThat(run.sink.text().lines())
        .containsExactlyInAnyOrderElementsOf(results(200).lines().toList());
  }

  @Test
  void theReportAddsUp() {
    FakeScript script =
        (shard, bytes, output) ->
            (shard.index() == 2
                    ? FakeScripts.failingShard()
                    : FakeScripts.failingRecords(line -> line.startsWith("bad")))
                .run(shard, bytes, output);
    TestRun run = new TestRun(script, ListSource.of("a\nbb\n", "bad\nc\nbad\n", "x\ny\n", "d\n"));

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo("A\nBB\nC\nx\ny\nD\n");
    assertThat(report.shards()).isEqualTo(4);
    assertThat(report.failedShards()).isEqualTo(2);
    assertThat(report.records()).isEqualTo(2 + 3 + 2 + 1);
    assertThat(report.failedRecords()).isEqualTo(2);
    assertThat(report.failedTeardowns()).isZero();
    assertThat(report.inputBytes()).isEqualTo(5 + 10 + 4 + 2);
    assertThat(report.outputBytes()).isEqualTo(5 + 2 + 4 + 2);
    assertThat(report.workers()).isBetween(1, TestRun.WORKERS);
    assertThat(report.wall()).isPositive();
    assertThat(report.cpu()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void eventsComeOneAtATimeAndTellEverything() {
    int shards = 60;
    TestRun run = new TestRun(slowedDown(FakeScripts.upperCase()), ListSource.lines(shards));

    RunReport report = run.runner.run();

    List<RunEvent> events = run.events.all();
    assertThat(run.events.overlapped()).isFalse();
    assertThat(events).hasSize(2 + 2 * shards);
    assertThat(events.getFirst())
        .isEqualTo(
            new RunEvent.Started(
                TestRun.plan(TestRun.WORKERS, Ordering.INPUT), run.source.totalBytes()));
    assertThat(events.getLast()).isEqualTo(new RunEvent.Ended(report));
    Set<Long> started = ConcurrentHashMap.newKeySet();
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.ShardStarted(Shard shard, int worker) -> {
          assertThat(started.add(shard.index())).isTrue();
          assertThat(worker).isBetween(0, TestRun.WORKERS - 1);
        }
        case RunEvent.ShardEnded(var ended) -> {
          assertThat(started.remove(ended.shard().index())).isTrue();
          assertThat(ended.result()).isEqualTo(new ShardResult.Finished(1, 0, List.of()));
          assertThat(ended.outputBytes()).isEqualTo(ended.shard().length());
          assertThat(ended.start().plus(ended.wall())).isLessThanOrEqualTo(report.wall());
          assertThat(ended.worker()).isBetween(0, TestRun.WORKERS - 1);
        }
        default -> {}
      }
    }
    assertThat(started).isEmpty();
  }

  @Test
  void failuresAreNumberedAcrossShardsInInputOrder() {
    FakeScript script = slowedDown(FakeScripts.failingRecords(line -> line.startsWith("bad")));
    TestRun run =
        new TestRun(script, ListSource.of("bad 1\nb\n", "c\n", "d\nbad 5\n", "bad 6\nbad 7\n"));

    run.runner.run();

    assertThat(run.events.of(RunEvent.Failure.class))
        .extracting(failure -> failure.record() + " " + failure.error().message())
        .containsExactly(
            "1 cannot use bad 1", "5 cannot use bad 5", "6 cannot use bad 6", "7 cannot use bad 7");
  }

  @Test
  void oneShardOpensOneInterpreter() {
    TestRun run = new TestRun(FakeScripts.upperCase(), ListSource.lines(1));

    RunReport report = run.runner.run();

    assertThat(run.runtime.interpreters()).hasSize(1);
    assertThat(report.workers()).isEqualTo(1);
  }

  @Test
  void noShardOpensNoInterpreter() {
    TestRun run = new TestRun(FakeScripts.upperCase(), ListSource.of());

    assertThat(run.runner.run().workers()).isZero();
    assertThat(run.runtime.interpreters()).isEmpty();
  }

  @Test
  void asManyInterpretersRunAtATimeAsThereAreWorkers() throws InterruptedException {
    CyclicBarrier all = new CyclicBarrier(TestRun.WORKERS);
    FakeScript script =
        (_, _, _) -> {
          try {
            all.await(20, TimeUnit.SECONDS);
          } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the workers do not run at a time", e);
          }
          return new ShardResult.Finished(0, 0, List.of());
        };
    TestRun run = new TestRun(script, ListSource.lines(TestRun.WORKERS));

    assertThat(run.runner.run().workers()).isEqualTo(TestRun.WORKERS);

    assertThat(run.runtime.interpreters())
        .hasSize(TestRun.WORKERS)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1))
        .extracting(interpreter -> interpreter.config().worker())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(run.runtime.interpreters().stream().map(FakeInterpreter::owner))
        .doesNotHaveDuplicates();
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void anInterpreterIsToldWhatTheRunIsLike() {
    TestRun run = new TestRun(FakeScripts.upperCase(), ListSource.lines(1));

    run.runner.run();

    assertThat(run.runtime.interpreters().getFirst().config())
        .satisfies(
            config -> {
              assertThat(config.runOnce()).isFalse();
              assertThat(config.plan()).isEqualTo(TestRun.plan(TestRun.WORKERS, Ordering.INPUT));
              assertThat(config.shardCount()).isEqualTo(OptionalLong.of(1));
            });
  }

  @Test
  void whatTheScriptWritesToStandardErrorIsPassedOn() {
    FakeRuntime runtime =
        new FakeRuntime().withSetup(config -> config.diagnostics().accept("ready\n"));
    TestRun run = new TestRun(runtime, ListSource.lines(1));

    run.runner.run();

    assertThat(run.events.of(RunEvent.Diagnostics.class))
        .containsExactly(new RunEvent.Diagnostics("ready\n"));
  }

  @Test
  void aTeardownThatRaisesIsReported() {
    FakeRuntime runtime = new FakeRuntime().failingToClose(FakeScripts.error(-1, "no goodbye"));
    TestRun run = new TestRun(runtime, ListSource.lines(1));

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo(results(1));
    assertThat(report.failedTeardowns()).isEqualTo(1);
    assertThat(report.failedShards()).isZero();
    assertThat(report.isClean()).isFalse();
    assertThat(run.events.of(RunEvent.TeardownFailed.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.worker()).isZero();
              assertThat(event.error().message()).isEqualTo("no goodbye");
            });
    assertThat(run.events.all().getLast()).asInstanceOf(type(RunEvent.Ended.class)).isNotNull();
  }

  @Test
  void moreOutputThanTheWindowHoldsGetsThrough() {
    byte[] block = new byte[1 << 20];
    FakeScript script =
        (_, _, output) -> {
          for (int i = 0; i < 10; i++) {
            output.write(ByteBuffer.wrap(block));
          }
          return new ShardResult.Finished(1, 0, List.of());
        };
    TestRun run = new TestRun(script, ListSource.lines(6));

    assertThat(run.runner.run().outputBytes()).isEqualTo(60L << 20);
    assertThat(run.sink.bytes()).hasSize(60 << 20);
  }

  private static FakeScript slowedDown(FakeScript script) {
    return (shard, bytes, output) -> {
      if (shard.index() % 3 == 0) {
        TimeUnit.MICROSECONDS.sleep(500);
      }
      return script.run(shard, bytes, output);
    };
  }

  private static String results(int shards) {
    return IntStream.range(0, shards)
        .mapToObj(TEXT_OF_LINES::formatted)
        .collect(Collectors.joining());
  }
}
