package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.ClosedOutputException;
import org.pyparallel.merge.CollectingSink;

/// Runs that cannot start or go on.
@Timeout(30)
class RunnerTroubleTest {
  static Stream<PyParallelException> reasonsNotToOpen() {
    return Stream.of(
        new PyParallelException.ScriptFailed(FakeScripts.error(-1, "no such module")),
        new PyParallelException.Usage("--call work: no such function"),
        new PyParallelException.RuntimeFailed("there is no CPython library"));
  }

  @ParameterizedTest
  @MethodSource("reasonsNotToOpen")
  void aRunWhoseInterpreterDoesNotOpenFails(PyParallelException trouble) {
    TestRun run = new TestRun(new FakeRuntime().failingToOpen(trouble), ListSource.lines(5));

    assertThatThrownBy(run.runner::run).isSameAs(trouble);

    assertThat(run.sink.bytes()).isEmpty();
    assertThat(run.source.isClosed()).isTrue();
  }

  @Test
  void anInterpreterThatDoesNotOpenStopsTheOthers() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    PyParallelException trouble =
        new PyParallelException.ScriptFailed(FakeScripts.error(-1, "only one may"));
    FakeRuntime runtime =
        new FakeRuntime(FakeScripts.blocking(started))
            .withSetup(
                config -> {
                  if (config.worker() == 1) {
                    started.await();
                    throw trouble;
                  }
                });
    TestRun run = new TestRun(runtime, ListSource.lines(5));

    assertThatThrownBy(run.runner::run).isSameAs(trouble);

    assertThat(runtime.interpreters())
        .isNotEmpty()
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aRuntimeThatBreaksEndsTheRun() throws InterruptedException {
    FakeScript script =
        (_, _, _) -> {
          throw new IllegalStateException("segmentation fault, nearly");
        };
    TestRun run = new TestRun(script, ListSource.lines(5));

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.RuntimeFailed.class)
        .hasMessageContaining("segmentation fault, nearly")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void whatCameBeforeABrokenInputIsDelivered() throws InterruptedException {
    TestRun run = new TestRun(FakeScripts.upperCase(), ListSource.lines(20).thenFailing());

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage("in: broken off");

    assertThat(run.sink.text().lines()).hasSize(20);
    assertThat(run.sink.ended()).isSorted().hasSize(20);
    assertThat(run.events.of(RunEvent.ShardEnded.class)).hasSize(20);
    assertThat(run.events.of(RunEvent.InputBroke.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.failure()).hasMessage("in: broken off");
              assertThat(event.goesOn()).isFalse();
            });
    assertThat(run.events.of(RunEvent.Ended.class)).hasSize(1);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void theRunGoesOnBehindEachBrokenSource() throws InterruptedException {
    TestRun run =
        new TestRun(FakeScripts.upperCase(), ListSource.lines(20).breakingBefore(0, 7, 8, 20));

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage("in: broken off at 0");

    assertThat(run.sink.text().lines()).hasSize(20);
    assertThat(run.events.of(RunEvent.InputBroke.class))
        .extracting(broke -> broke.failure().getMessage(), RunEvent.InputBroke::goesOn)
        .containsExactly(
            tuple("in: broken off at 0", true),
            tuple("in: broken off at 7", true),
            tuple("in: broken off at 8", true),
            tuple("in: broken off", false));
    assertThat(run.events.of(RunEvent.Ended.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.report().shards()).isEqualTo(20));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aStoppedRunIsInterruptedWhateverBroke() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    TestRun run =
        new TestRun(FakeScripts.blocking(started), ListSource.lines(20).breakingBefore(0));
    var report = run.start();
    started.await();
    run.runner.stop();

    assertThat(report.join().end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.events.of(RunEvent.InputBroke.class)).hasSize(1);
  }

  @Test
  void aFailureBeforeABrokenInputIsReported() {
    TestRun run =
        new TestRun(
            FakeScripts.failingRecords(line -> line.equals("line 3")),
            ListSource.lines(5).thenFailing());

    assertThatThrownBy(run.runner::run).isInstanceOf(PyParallelException.InputFailed.class);

    assertThat(run.events.of(RunEvent.Failure.class))
        .singleElement()
        .satisfies(failure -> assertThat(failure.record()).isEqualTo(4));
  }

  @Test
  void aReaderThatLeavesEndsTheRunQuietly() throws InterruptedException {
    CollectingSink sink = failingSink(new ClosedOutputException(new IOException("Broken pipe")));
    TestRun run = new TestRun(new FakeRuntime(FakeScripts.endless()), ListSource.lines(50), sink);

    RunReport report = run.runner.run();

    assertThat(report.end()).isEqualTo(RunReport.End.OUTPUT_CLOSED);
    assertThat(report.failedShards()).isZero();
    assertThat(run.source.isClosed()).isTrue();
    assertThat(run.events.of(RunEvent.Failure.class)).isEmpty();
    assertThat(run.events.all().getLast()).isEqualTo(new RunEvent.Ended(report));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aReaderThatLeavesInterruptsAScriptThatWritesNothing() throws InterruptedException {
    CollectingSink sink = failingSink(new ClosedOutputException(new IOException("Broken pipe")));
    CountDownLatch started = new CountDownLatch(1);
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() > 0) {
            return FakeScripts.blocking(started).run(shard, bytes, output);
          }
          started.await();
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.lines(50), sink);

    assertThat(run.runner.run().end()).isEqualTo(RunReport.End.OUTPUT_CLOSED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aFullDiskEndsTheRun() throws InterruptedException {
    IOException trouble = new IOException("No space left on device");
    TestRun run =
        new TestRun(
            new FakeRuntime(FakeScripts.endless()), ListSource.lines(50), failingSink(trouble));

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessageContaining("No space left on device")
        .hasCause(trouble);

    assertThat(run.runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aSinkThatBreaksLeavesNoWorkerBehind() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CollectingSink sink =
        new CollectingSink() {
          @Override
          public synchronized void write(Shard shard, ByteBuffer chunk) {
            throw new IllegalStateException("a bug in a writer");
          }
        };
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() > 0) {
            return FakeScripts.blocking(started).run(shard, bytes, output);
          }
          started.await();
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.lines(50), sink);

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.RuntimeFailed.class)
        .hasMessageContaining("a bug in a writer");

    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void nothingIsToldAfterTheRunHasFailed() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    FakeScript script =
        (shard, _, _) -> {
          if (shard.index() > 0) {
            started.await();
            throw new IllegalStateException("broken");
          }
          started.countDown();
          Stubborn.await(release);
          return new ShardResult.Finished(1, 0, List.of());
        };
    TestRun run = new TestRun(script, ListSource.lines(2));

    assertThatThrownBy(run.runner::run).isInstanceOf(PyParallelException.RuntimeFailed.class);
    int told = run.events.all().size();
    release.countDown();

    assertThat(run.threadsLeft()).isEmpty();
    assertThat(run.events.all()).hasSize(told);
  }

  private static CollectingSink failingSink(IOException trouble) {
    return new CollectingSink() {
      @Override
      public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
        throw trouble;
      }
    };
  }
}
