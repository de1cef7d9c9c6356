package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Runs that are stopped by whoever started them.
@Timeout(30)
class RunnerStopTest {
  @Test
  void runningShardsAreInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(TestRun.WORKERS);
    TestRun run = new TestRun(FakeScripts.blocking(started), ListSource.lines(50));
    CompletableFuture<RunReport> report = run.start();
    started.await();

    run.runner.stop();

    assertThat(withinASecond(report).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(report.get().shards()).isZero();
    assertThat(report.get().isClean()).isFalse();
    assertThat(run.events.of(RunEvent.ShardEnded.class))
        .extracting(event -> event.report().result())
        .containsOnly(new ShardResult.Interrupted())
        .hasSize(TestRun.WORKERS);
    assertThat(run.runtime.interpreters())
        .hasSize(TestRun.WORKERS)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void shardsThatWaitForTheWriterAreStopped() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    CollectingSink slow =
        new CollectingSink() {
          @Override
          public void write(Shard shard, ByteBuffer chunk) throws IOException {
            reached.countDown();
            Stubborn.await(gate);
          }
        };
    byte[] block = new byte[1 << 20];
    FakeScript script = (shard, _, output) -> FakeScripts.endless().run(shard, block, output);
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.lines(50), slow);
    CompletableFuture<RunReport> report = run.start();
    reached.await();

    run.runner.stop();
    gate.countDown();

    assertThat(withinASecond(report).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aRunThatWaitsForItsInputIsStopped() throws Exception {
    ListSource source = ListSource.lines(4).thenWaiting();
    TestRun run = new TestRun(FakeScripts.upperCase(), source);
    CompletableFuture<RunReport> report = run.start();
    while (run.sink.ended().size() < 4) {
      Thread.sleep(1);
    }

    run.runner.stop();

    assertThat(withinASecond(report).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(report.get().shards()).isEqualTo(4);
    assertThat(run.sink.ended()).hasSize(4);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aRunThatIsStoppedBeforeItStartsDoesNothing() throws Exception {
    TestRun run = new TestRun(FakeScripts.upperCase(), ListSource.lines(5));
    run.runner.stop();

    assertThat(withinASecond(run.start()).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.runtime.interpreters()).isEmpty();
    assertThat(run.sink.bytes()).isEmpty();
  }

  @Test
  void anInterpreterThatOpensMeanwhileIsInterruptedToo() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    FakeRuntime runtime =
        new FakeRuntime(FakeScripts.blocking(new CountDownLatch(1)))
            .withSetup(
                _ -> {
                  opening.countDown();
                  stopped.await();
                });
    TestRun run = new TestRun(runtime, ListSource.lines(1));
    CompletableFuture<RunReport> report = run.start();
    opening.await();

    run.runner.stop();
    stopped.countDown();

    assertThat(withinASecond(report).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.isInterrupted()).isTrue());
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void teardownIsInterruptedToo() throws Exception {
    CountDownLatch inTeardown = new CountDownLatch(1);
    FakeRuntime runtime =
        new FakeRuntime()
            .withTeardown(
                _ -> {
                  inTeardown.countDown();
                  new CountDownLatch(1).await();
                });
    TestRun run = new TestRun(runtime, ListSource.lines(1));
    CompletableFuture<RunReport> report = run.start();
    inTeardown.await();

    run.runner.stop();

    withinASecond(report);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aWorkerThatCannotBeInterruptedIsNotWaitedFor() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    FakeScript script =
        (_, _, _) -> {
          started.countDown();
          Stubborn.await(release);
          return new ShardResult.Finished(1, 0, List.of());
        };
    TestRun run = new TestRun(script, ListSource.lines(1));
    CompletableFuture<RunReport> report = run.start();
    started.await();

    run.runner.stop();

    assertThat(withinASecond(report).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).hasSize(1).allMatch(Thread::isDaemon);
    release.countDown();
    assertThat(run.threadsLeft()).isEmpty();
    assertThat(run.events.all().getLast())
        .describedAs("nothing further comes")
        .isInstanceOf(RunEvent.Ended.class);
  }

  private static RunReport withinASecond(CompletableFuture<RunReport> report) throws Exception {
    return report.get(1, TimeUnit.SECONDS);
  }
}
