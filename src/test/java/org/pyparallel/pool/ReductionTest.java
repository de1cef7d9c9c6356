package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.FakeInterpreter;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// The fake reduction puts two results between brackets, so that its result tells how it came
/// about.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReductionTest {
  static RunPlan plan(int workers) {
    return plan(workers, "join");
  }

  private static RunPlan plan(int workers, String function) {
    RunPlan plain = TestRun.plan(workers, Ordering.COMPLETION);
    return new RunPlan(
        plain.script(),
        plain.input(),
        plain.format(),
        plain.formatOptions(),
        plain.encodingErrors(),
        plain.numbered(),
        plain.sharding(),
        plain.runtime(),
        false,
        plain.workers(),
        plain.ordering(),
        new Merging.Reduce(function),
        plain.outputFormat(),
        plain.tagged(),
        plain.outputFile(),
        plain.rejects(),
        plain.shares(),
        PythonOptions.NONE,
        Safeguards.NONE);
  }

  /// Gives each shard back as it is, after a while.
  private static FakeScript echo(long seed) {
    return (shard, bytes, output) -> {
      Random random = new Random(seed * 1_000_003 + shard.index());
      switch (random.nextInt(6)) {
        case 0 -> Thread.yield();
        case 1 -> LockSupport.parkNanos(random.nextInt(300_000));
        default -> {}
      }
      if (bytes.length > 0) {
        output.write(ByteBuffer.wrap(bytes));
      }
      return new ShardResult.Finished(1, 0, List.of());
    };
  }

  private static TestRun run(int workers, FakeScript script, String... shards) {
    return run(plan(workers), script, shards);
  }

  private static TestRun run(RunPlan plan, FakeScript script, String... shards) {
    return new TestRun(new FakeRuntime(script), ListSource.of(shards), new CollectingSink(), plan);
  }

  /// What the tree over these shards makes of them.
  private static String tree(List<String> shards) {
    if (shards.size() <= 1) {
      return String.join("", shards);
    }
    int half = Integer.highestOneBit(shards.size() - 1);
    String earlier = tree(shards.subList(0, half));
    String later = tree(shards.subList(half, shards.size()));
    return earlier.isEmpty() || later.isEmpty() ? earlier + later : "(" + earlier + later + ")";
  }

  private static String[] shards(Random random, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(random.nextInt(5) == 0 ? "" : i + ",");
    }
    return texts.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void theResultDependsOnTheShardsAlone(int workers) {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      String[] shards = shards(random, random.nextInt(40));
      TestRun run = run(workers, echo(seed), shards);

      RunReport report = run.runner.run();

      assertThat(run.sink.text()).describedAs("seed %d", seed).isEqualTo(tree(List.of(shards)));
      assertThat(report.isClean()).isTrue();
      assertThat(report.shards()).isEqualTo(shards.length);
      assertThat(report.outputBytes()).isEqualTo(run.sink.bytes().length);
    }
  }

  /// The fake keeps what begins with a number sign; those of every other worker cannot be trusted
  /// with it.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void whatIsKeptStaysOutOfTheTree(int workers) {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      String[] shards = shards(random, random.nextInt(40));
      List<String> tree = new ArrayList<>(List.of(shards));
      StringBuilder kept = new StringBuilder();
      for (int i = 0; i < shards.length; i++) {
        if (random.nextInt(3) > 0) {
          shards[i] = "#" + i + "\n";
          kept.append(shards[i]);
          tree.set(i, "");
        }
      }
      TestRun run = run(plan(workers, "keep"), echo(seed), shards);

      RunReport report = run.runner.run();

      assertThat(run.sink.text()).describedAs("seed %d", seed).isEqualTo(kept + tree(tree));
      assertThat(report.isClean()).isTrue();
    }
  }

  @Test
  void aRunWithoutShardsOpensOneInterpreterToAskWhatNothingGives() {
    TestRun run = run(4, echo(1));

    assertThat(run.runner.run().isClean()).isTrue();
    assertThat(run.runtime.interpreters()).hasSize(1);
    assertThat(run.sink.text()).isEmpty();
  }

  @Test
  void aRunOfOneShardOpensOneInterpreter() {
    for (int seed = 0; seed < 200; seed++) {
      TestRun run = run(4, echo(seed), "a");

      run.runner.run();

      assertThat(run.sink.text()).isEqualTo("a");
      assertThat(run.runtime.interpreters()).hasSize(1);
    }
  }

  @Test
  void whatCannotBeCombinedIsToldAndLeftOut() {
    TestRun run = run(3, echo(1), "a", "b", "c", "refuse", "e");

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo("(((ab)c)e)");
    assertThat(report.failedShards()).isOne();
    assertThat(report.isClean()).isFalse();
    assertThat(run.events.of(RunEvent.Failure.class))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.shard().index()).isEqualTo(3);
              assertThat(failure.error().message()).isEqualTo("shard 2 and shard 3");
              assertThat(failure.failedRecords()).isZero();
            });
  }

  @Test
  void theMessageNamesAllShardsOfBothSides() {
    TestRun run = run(2, echo(1), "a", "b", "c", "d", "refuse");

    run.runner.run();

    assertThat(run.events.of(RunEvent.Failure.class))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.error().message()).isEqualTo("shards 0 to 3 and shard 4"));
  }

  @Test
  void everyInterpreterIsClosedOnceByItsOwner() throws InterruptedException {
    TestRun run = run(4, echo(3), shards(new Random(3), 50));

    run.runner.run();

    assertThat(run.runtime.interpreters()).allSatisfy(it -> assertThat(it.closes()).isOne());
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aRunThatIsStoppedWritesNothing() throws Exception {
    FakeScript slow =
        (shard, bytes, output) -> {
          if (shard.index() == 5) {
            Thread.sleep(60_000);
          }
          output.write(ByteBuffer.wrap(bytes));
          return new ShardResult.Finished(1, 0, List.of());
        };
    TestRun run = run(3, slow, shards(new Random(1), 30));
    var report = run.start();
    while (run.events.of(RunEvent.ShardStarted.class).stream()
        .noneMatch(started -> started.shard().index() == 5)) {
      Thread.onSpinWait();
    }

    run.runner.stop();

    assertThat(report.get(30, TimeUnit.SECONDS).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.sink.text()).isEmpty();
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void shardsLeaveNoOutputOfTheirOwn() {
    TestRun run = run(2, echo(1), "a", "b");

    run.runner.run();

    assertThat(run.events.of(RunEvent.ShardEnded.class))
        .allSatisfy(ended -> assertThat(ended.report().outputBytes()).isZero());
    assertThat(run.source.shardCount()).isEqualTo(OptionalLong.of(2));
    assertThat(run.runtime.interpreters()).extracting(FakeInterpreter::closes).containsOnly(1);
    assertThat(new String(run.sink.bytes(2), UTF_8)).isEqualTo("(ab)");
  }
}
