package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.merge.CollectingSink;

/// Runs whose memory is limited.
@Timeout(60)
class MemoryWatchTest {
  private static final long LIMIT = 1_000_000;
  private static final long ABOVE = LIMIT + 1_000;
  private static final long FAR_ABOVE = 2 * LIMIT;

  @TempDir Path folder;

  private static RunPlan plan(int workers) {
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(LIMIT),
            OptionalLong.empty());
    return TestRun.plan(workers, limits, Recovery.NONE);
  }

  private TestRun run(FakeRuntime runtime, int shards, int workers, AtomicLong resident) {
    return new TestRun(
        runtime,
        null,
        ListSource.lines(shards),
        plan(workers),
        new CollectingSink(),
        folder,
        resident::get);
  }

  @Test
  void belowTheLimitNothingIsDifferent() {
    FakeRuntime runtime = new FakeRuntime();
    TestRun run = run(runtime, 50, 3, new AtomicLong(LIMIT));

    assertThat(run.runner.run().failedShards()).isZero();
    assertThat(run.events.of(RunEvent.Notice.class)).isEmpty();
  }

  @Test
  void aboveTheLimitShardsRunOneAtATime() {
    AtomicLong resident = new AtomicLong();
    CountDownLatch known = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 0) {
            resident.set(ABOVE);
            Thread.sleep(500); // several samples
            known.countDown();
          } else if (shard.index() < 3) {
            known.await();
          } else {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.sleep(5);
            inside.decrementAndGet();
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = run(new FakeRuntime(script), 30, 3, resident);

    assertThat(run.runner.run().failedShards()).isZero();

    assertThat(run.sink.text().lines()).hasSize(30);
    assertThat(most).hasValue(1);
    assertThat(run.events.of(RunEvent.Notice.class))
        .isNotEmpty()
        .allSatisfy(
            notice -> {
              assertThat(notice.detail()).isTrue();
              assertThat(notice.text()).contains("--memory-limit");
            });
  }

  @Test
  void aLargeWorkerIsReplaced() {
    FakeRuntime runtime = new FakeRuntime();
    runtime.setMemory(_ -> LIMIT / 2 + 1);
    TestRun run = run(runtime, 4, 2, new AtomicLong());

    assertThat(run.runner.run().failedShards()).isZero();

    assertThat(runtime.interpreters()).hasSizeBetween(3, 4);
    assertThat(run.events.of(RunEvent.Notice.class))
        .isNotEmpty()
        .allSatisfy(
            notice -> assertThat(notice.text()).contains("more than its share of --memory-limit"));
  }

  @Test
  void farAboveTheLimitAShardIsEnded() {
    AtomicLong resident = new AtomicLong();
    FakeScript script =
        (shard, bytes, output) -> {
          if (shard.index() == 1) {
            resident.set(FAR_ABOVE);
            try {
              new CountDownLatch(1).await();
            } finally {
              resident.set(0);
            }
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    TestRun run = run(new FakeRuntime(script), 4, 1, resident);

    assertThat(run.runner.run().failedShards()).isEqualTo(1);

    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 2\nLINE 3\n");
    PythonError error = run.events.of(RunEvent.Failure.class).getFirst().error();
    assertThat(error.type()).isEqualTo("MemoryError");
    assertThat(error.message()).contains("--memory-limit").contains("-j");
  }

  @Test
  void thisProcessHasMemory() {
    assertThat(new ProcessMemory().bytes()).isBetween(1L << 20, 1L << 40);
  }
}
