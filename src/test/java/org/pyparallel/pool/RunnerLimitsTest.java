package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Shards and runs that take too long.
@Timeout(60)
class RunnerLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  private static FakeScript blockingAt(long index) {
    return (shard, bytes, output) ->
        shard.index() == index
            ? FakeScripts.blocking(new CountDownLatch(1)).run(shard, bytes, output)
            : FakeScripts.upperCase().run(shard, bytes, output);
  }

  private static RunPlan plan(Limits limits) {
    return TestRun.plan(TestRun.WORKERS, limits, Recovery.NONE);
  }

  private TestRun run(FakeScript script, int shards, RunPlan plan) {
    return new TestRun(new FakeRuntime(script), ListSource.lines(shards), plan, folder);
  }

  @Test
  void aShardThatTakesTooLongIsInterruptedAndFails() throws Exception {
    TestRun run = run(blockingAt(1), 5, plan(TestRun.shardLimit(SHORT)));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.COMPLETE);
    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 2\nLINE 3\nLINE 4\n");
    PythonError error =
        run.events.of(RunEvent.Failure.class).stream().map(RunEvent.Failure::error).toList().get(0);
    assertThat(error.type()).isEqualTo("TimeoutError");
    assertThat(error.message()).isEqualTo("the shard took longer than 0.1 s (--timeout)");
    assertThat(error.traceback()).contains("script.py").contains("worker-");
    assertThat(run.runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aWorkerThatDoesNotComeBackIsReplaced() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch returned = new CountDownLatch(1);
    AtomicBoolean late = new AtomicBoolean(true);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 0) {
            FakeScripts.write(output, "before\n");
            Stubborn.await(release);
            late.set(FakeScripts.write(output, "late\n"));
            returned.countDown();
            return new ShardResult.Finished(1, 0, List.of());
          }
          if (shard.index() == 4) {
            release.countDown(); // by then its place is taken: there is only one worker
            returned.await();
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    RunPlan plan = TestRun.plan(1, TestRun.shardLimit(SHORT), Recovery.NONE);
    TestRun run = run(script, 6, plan);

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.COMPLETE);
    assertThat(report.shards()).isEqualTo(6);
    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(late).isFalse();
    assertThat(run.sink.text()).isEqualTo("before\nLINE 1\nLINE 2\nLINE 3\nLINE 4\nLINE 5\n");
    assertThat(run.events.of(RunEvent.Notice.class))
        .filteredOn(notice -> !notice.detail())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.text())
                    .startsWith("worker 0 does not come back from shard 0 of in"));
    assertThat(run.threadsLeft()).isEmpty();
    assertThat(run.runtime.interpreters())
        .hasSize(2)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void theRunEndsWithoutAWorkerThatNeverComesBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeScript script =
        (_, _, _) -> {
          Stubborn.await(release);
          throw new IllegalStateException("much too late");
        };
    TestRun run = run(script, 3, plan(TestRun.shardLimit(SHORT)));

    assertThat(run.runner.run().failedShards()).isEqualTo(3);

    int told = run.events.all().size();
    assertThat(run.events.all().getLast()).isInstanceOf(RunEvent.Ended.class);
    release.countDown();
    assertThat(run.threadsLeft()).isEmpty();
    assertThat(run.events.all()).hasSize(told);
    assertThat(run.runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void whatOneReducesIsNotLostWithAStuckWorker() throws Exception {
    FakeScript script =
        (shard, bytes, output) ->
            shard.index() % 2 == 1
                ? FakeScripts.blocking(new CountDownLatch(1)).run(shard, bytes, output)
                : FakeScripts.upperCase().run(shard, bytes, output);
    RunPlan plan =
        ReductionTest.plan(2).with(TestRun.safeguards(TestRun.shardLimit(SHORT), Recovery.NONE));
    TestRun run =
        new TestRun(new FakeRuntime(script), ListSource.of("a", "b", "c", "d", "e"), plan, folder);

    run.runner.run();

    assertThat(run.sink.text().replace("\n", "")).isEqualTo("((AC)E)");
  }

  @Test
  void theTimeTheWriterTakesIsNotTheShards() throws Exception {
    byte[] large = new byte[20 << 20];
    CollectingSink slow =
        new CollectingSink() {
          private boolean begun;

          @Override
          public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
            if (!begun) {
              begun = true;
              sleep(5 * SHORT.toMillis());
            }
            super.write(shard, chunk);
          }
        };
    FakeScript script =
        (_, _, output) -> {
          output.write(ByteBuffer.wrap(large));
          return new ShardResult.Finished(1, 0, List.of());
        };
    RunPlan plan = plan(TestRun.shardLimit(SHORT.multipliedBy(2)));
    TestRun run =
        new TestRun(
            new FakeRuntime(script), null, ListSource.lines(1), plan, slow, folder, () -> 0);

    assertThat(run.runner.run().failedShards()).isZero();
    assertThat(run.sink.bytes(0)).hasSize(large.length);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theRunsTimeEnds() throws Exception {
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.of(SHORT),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    TestRun run = run(blockingAt(2), 6, plan(limits));

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.TIME_LIMIT);
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\n");
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aScriptThatTakesTooLongToLoadFailsTheRun() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeRuntime runtime = new FakeRuntime().withSetup(_ -> Stubborn.await(release));
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.of(SHORT),
            OptionalLong.empty(),
            OptionalLong.empty());
    TestRun run = new TestRun(runtime, ListSource.lines(5), plan(limits), folder);

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.ScriptFailed.class)
        .hasMessage(
            "TimeoutError: loading the script, or its setup(), took longer than 0.1 s"
                + " (--setup-timeout)");

    release.countDown();
    while (runtime.interpreters().stream().noneMatch(one -> one.closes() > 0)) {
      Thread.sleep(1);
    }
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void anInterpreterHasALifespan() throws Exception {
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.of(2));
    TestRun run = run(FakeScripts.upperCase(), 6, TestRun.plan(1, limits, Recovery.NONE));

    assertThat(run.runner.run().workers()).isEqualTo(3);

    assertThat(run.sink.text().lines()).hasSize(6);
    assertThat(run.events.of(RunEvent.Notice.class))
        .hasSize(2)
        .allSatisfy(
            notice -> {
              assertThat(notice.detail()).isTrue();
              assertThat(notice.text()).contains("--worker-lifespan");
            });
    assertThat(run.runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void whatWorkersAreAtIsTold() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    TestRun run =
        run(FakeScripts.blocking(started), 2, TestRun.plan(2, Limits.NONE, Recovery.NONE));
    CompletableFuture<RunReport> report = run.start();
    started.await();

    assertThat(run.runner.stacks())
        .containsPattern(
            "worker 0: shard [01] of in \\(bytes \\d+ to \\d+\\), for [0-9.]+ s\n"
                + "    File \"script.py\", line 3, in process\n"
                + "      of worker-0\n"
                + "worker 1: shard ");

    run.runner.stop();
    report.get();
    assertThat(run.runner.stacks()).isEqualTo("no worker");
  }
}
