package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Shards that fail and are tried again, and runs that end because of them.
@Timeout(60)
class RunnerRecoveryTest {
  @TempDir Path folder;

  @AfterEach
  void noFileIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private TestRun run(FakeScript script, int shards, RunPlan plan) {
    return new TestRun(new FakeRuntime(script), ListSource.lines(shards), plan, folder);
  }

  private TestRun run(FakeRuntime runtime, FakeRuntime rescue, int shards, RunPlan plan) {
    return new TestRun(
        runtime, rescue, ListSource.lines(shards), plan, new CollectingSink(), folder, () -> 0);
  }

  private static RunPlan plan(Recovery recovery) {
    return TestRun.plan(TestRun.WORKERS, Limits.NONE, recovery);
  }

  /// Fails at the shard 1 so often, having written half of what it writes in the end.
  private static FakeScript failing(int times, int size) {
    AtomicInteger left = new AtomicInteger(times);
    return (shard, bytes, output) -> {
      if (shard.index() == 1) {
        FakeScripts.write(output, "x".repeat(size / 2));
        output.reject(ByteBuffer.wrap("rejected\n".getBytes(UTF_8)));
        if (left.getAndDecrement() > 0) {
          return FakeScripts.failingShard().run(shard, bytes, output);
        }
        FakeScripts.write(output, "x".repeat(size / 2) + "\n");
        return new ShardResult.Finished(1, 0, List.of());
      }
      return FakeScripts.upperCase().run(shard, bytes, output);
    };
  }

  @Test
  void aShardThatFailsIsTriedAgain() {
    TestRun run = run(failing(2, 10), 3, plan(TestRun.retries(2)));

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo("LINE 0\n" + "x".repeat(10) + "\nLINE 2\n");
    assertThat(run.sink.rejects()).isEqualTo("rejected\n");
    assertThat(report.failedShards()).isZero();
    assertThat(report.retried()).isEqualTo(2);
    assertThat(run.events.of(RunEvent.ShardRetried.class))
        .extracting(RunEvent.ShardRetried::attempt)
        .containsExactly(1, 2);
    assertThat(run.sink.reports()).extracting(ShardReport::attempts).containsExactly(1, 3, 1);
    assertThat(run.events.of(RunEvent.ShardStarted.class)).hasSize(3);
  }

  @Test
  void whatIsHeldMayBeLarge() {
    int size = 5 << 20;
    TestRun run = run(failing(1, size), 3, plan(TestRun.retries(1)));

    run.runner.run();

    assertThat(run.sink.bytes(1)).hasSize(size + 1);
  }

  @Test
  void withoutRoomForItTheRunFails() {
    TestRun run =
        new TestRun(
            new FakeRuntime(failing(1, 5 << 20)),
            ListSource.lines(3),
            plan(TestRun.retries(1)),
            folder.resolve("none"));

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessageContaining("there is no such folder")
        .hasMessageContaining("TMPDIR");
  }

  @Test
  void aShardThatKeepsFailingGivesNothing() {
    TestRun run = run(failing(9, 10), 3, plan(TestRun.retries(1)));

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 2\n");
    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(report.retried()).isEqualTo(1);
    assertThat(run.events.of(RunEvent.Failure.class)).hasSize(1);
  }

  @Test
  void nobodyWaitsForTheNextAttemptOfAStoppedRun() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    FakeScript script =
        (shard, bytes, output) -> {
          failed.countDown();
          return FakeScripts.failingShard().run(shard, bytes, output);
        };
    TestRun run = run(script, 1, plan(TestRun.retries(1_000_000)));
    CompletableFuture<RunReport> report = run.start();
    while (run.events.of(RunEvent.ShardRetried.class).size() < 4) {
      Thread.sleep(1); // the next pause takes 1.6 s
    }

    run.runner.stop();

    assertThat(report.get(1, TimeUnit.SECONDS).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aCrashCostsAnInterpreter() {
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 1) {
            throw new FakeScripts.Crash();
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = run(script, 4, TestRun.plan(1, Limits.NONE, Recovery.NONE));

    assertThat(run.runner.run().failedShards()).isEqualTo(1);

    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 2\nLINE 3\n");
    assertThat(run.runtime.interpreters())
        .hasSize(2)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void whatBringsAnInterpreterDownIsTriedAgainInAProcess() {
    FakeRuntime fragile =
        new FakeRuntime(
            (shard, bytes, output) -> {
              if (shard.index() % 2 == 1) {
                throw new FakeScripts.Crash();
              }
              return FakeScripts.upperCase().run(shard, bytes, output);
            });
    FakeRuntime processes = new FakeRuntime();
    TestRun run = run(fragile, processes, 6, TestRun.plan(1, Limits.NONE, TestRun.retries(1)));

    assertThat(run.runner.run().failedShards()).isZero();

    assertThat(run.sink.text().lines()).hasSize(6);
    assertThat(processes.interpreters())
        .hasSize(1)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void soIsWhatAWorkerGetsStuckIn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeRuntime stuck =
        new FakeRuntime(
            (shard, bytes, output) -> {
              if (shard.index() == 1) {
                Stubborn.await(release);
              }
              return FakeScripts.upperCase().run(shard, bytes, output);
            });
    FakeRuntime processes = new FakeRuntime();
    RunPlan plan = TestRun.plan(2, TestRun.shardLimit(Duration.ofMillis(100)), TestRun.retries(1));
    TestRun run = run(stuck, processes, 4, plan);

    RunReport report = run.runner.run();

    assertThat(report.failedShards()).isZero();
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\nLINE 2\nLINE 3\n");
    assertThat(run.sink.reports()).extracting(ShardReport::attempts).contains(2);
    release.countDown();
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void withoutProcessesItIsTriedAgainAsItWas() {
    AtomicInteger crashes = new AtomicInteger(1);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 1 && crashes.getAndDecrement() > 0) {
            throw new FakeScripts.Crash();
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    FakeRuntime none =
        new FakeRuntime().failingToOpen(new PyParallelException.RuntimeFailed("no python3"));
    TestRun run = run(new FakeRuntime(script), none, 3, plan(TestRun.retries(1)));

    assertThat(run.runner.run().failedShards()).isZero();

    assertThat(run.events.of(RunEvent.Notice.class))
        .filteredOn(notice -> !notice.detail())
        .extracting(RunEvent.Notice::text)
        .containsExactly("no worker process can be started: no python3");
  }

  @Test
  void anInterpreterThatCannotBeReplacedFailsTheRun() {
    AtomicInteger opened = new AtomicInteger();
    FakeRuntime runtime =
        new FakeRuntime(
                (_, _, _) -> {
                  throw new FakeScripts.Crash();
                })
            .withSetup(
                _ -> {
                  if (opened.getAndIncrement() > 0) {
                    throw new PyParallelException.RuntimeFailed("no more of them");
                  }
                });
    TestRun run =
        new TestRun(
            runtime, ListSource.lines(3), TestRun.plan(1, Limits.NONE, Recovery.NONE), folder);

    assertThatThrownBy(run.runner::run).hasMessage("no more of them");
  }

  // ---- halting ------------------------------------------------------------------------------

  private static FakeScript failingFrom(long index) {
    return (shard, bytes, output) ->
        shard.index() >= index
            ? FakeScripts.failingRecords(_ -> true).run(shard, bytes, output)
            : FakeScripts.upperCase().run(shard, bytes, output);
  }

  @Test
  void aRunIsHaltedSoonAfterFailures() {
    Recovery recovery = TestRun.halt(Halt.When.SOON, Halt.What.FAIL, 2, false);
    TestRun run = run(failingFrom(3), 50, TestRun.plan(1, Limits.NONE, recovery));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.HALTED);
    assertThat(report.shards()).isEqualTo(5);
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\nLINE 2\n");
  }

  @Test
  void aRunIsHaltedAtAShareOfFailures() {
    Recovery recovery = TestRun.halt(Halt.When.SOON, Halt.What.FAIL, 50, true);
    TestRun run = run(failingFrom(3), 50, TestRun.plan(1, Limits.NONE, recovery));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.HALTED);
    assertThat(report.shards()).isEqualTo(6);
  }

  @Test
  void aRunIsHaltedAtOnce() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() > 0) {
            return FakeScripts.blocking(started).run(shard, bytes, output);
          }
          started.await();
          return FakeScripts.failingShard().run(shard, bytes, output);
        };
    Recovery recovery = TestRun.halt(Halt.When.NOW, Halt.What.FAIL, 1, false);
    TestRun run = run(script, 50, TestRun.plan(3, Limits.NONE, recovery));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.HALTED);
    assertThat(report.shards()).isEqualTo(1);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void whatIsAskedForIsWrittenWhateverElseIsUnderWay() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 0) {
            return FakeScripts.blocking(started).run(shard, bytes, output);
          } else if (shard.index() == 1) {
            started.countDown();
            Stubborn.await(release);
          }
          started.await();
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    Recovery recovery = TestRun.halt(Halt.When.NOW, Halt.What.SUCCESS, 1, false);
    TestRun run = run(script, 50, TestRun.plan(3, Limits.NONE, recovery));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.ENOUGH);
    assertThat(report.isWhole()).isTrue();
    assertThat(run.sink.text()).isEqualTo("LINE 2\n");
    release.countDown();
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void soManyMayEnd() {
    Recovery recovery = TestRun.halt(Halt.When.SOON, Halt.What.DONE, 7, false);
    TestRun run = run(FakeScripts.upperCase(), 50, TestRun.plan(1, Limits.NONE, recovery));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.ENOUGH);
    assertThat(run.sink.text().lines()).hasSize(7);
  }

  // ---- draining -----------------------------------------------------------------------------

  @Test
  void aDrainedRunEndsWhatItHasBegun() throws Exception {
    CountDownLatch started = new CountDownLatch(TestRun.WORKERS);
    CountDownLatch release = new CountDownLatch(1);
    FakeScript script =
        (shard, bytes, output) -> {
          started.countDown();
          release.await();
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = run(script, 50, plan(Recovery.NONE));
    CompletableFuture<RunReport> report = run.start();
    started.await();

    run.runner.drain();
    release.countDown();

    assertThat(report.get().end()).isEqualTo(RunReport.End.DRAINED);
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\nLINE 2\n");
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aDrainedRunWaitsForNoFurtherInput() throws Exception {
    TestRun run =
        new TestRun(
            new FakeRuntime(), ListSource.lines(4).thenWaiting(), plan(Recovery.NONE), folder);
    CompletableFuture<RunReport> report = run.start();
    while (run.sink.ended().size() < 4) {
      Thread.sleep(1);
    }

    run.runner.drain();

    assertThat(report.get().end()).isEqualTo(RunReport.End.DRAINED);
    assertThat(run.sink.text().lines()).hasSize(4);
  }

  @Test
  void aDrainedRunCanStillBeStopped() throws Exception {
    CountDownLatch started = new CountDownLatch(TestRun.WORKERS);
    TestRun run = run(FakeScripts.blocking(started), 50, plan(Recovery.NONE));
    CompletableFuture<RunReport> report = run.start();
    started.await();

    run.runner.drain();
    run.runner.stop();

    assertThat(report.get().end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void nothingIsWrittenBehindAShardThatWasStopped() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(20);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 2) {
            return FakeScripts.blocking(started).run(shard, bytes, output);
          }
          others.countDown();
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = run(script, 50, plan(Recovery.NONE));
    CompletableFuture<RunReport> report = run.start();
    started.await();
    others.await();

    run.runner.stop();

    assertThat(report.get().end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\n");
    assertThat(run.threadsLeft()).isEmpty();
  }
}
