package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Runs in which workers that have nothing left to do take over a part of others' shards.
@Timeout(30)
class RunnerTailTest {
  private static final int LINES = 24;
  private static final long LONG = 60_000;

  /// The source's last shard holds all lines but the first one.
  private static ListSource source() {
    return ListSource.of(
        line(0),
        IntStream.range(1, LINES).mapToObj(RunnerTailTest::line).collect(Collectors.joining()));
  }

  private static String line(int number) {
    return (number % 5 == 3 ? "bad " : "line ") + number + "\n";
  }

  private static String expected() {
    return IntStream.range(0, LINES)
        .mapToObj(RunnerTailTest::line)
        .filter(line -> !line.startsWith("bad"))
        .map(line -> line.toUpperCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  @Test
  void aShardEndsWhereItsTailBegins() {
    TestRun run = new TestRun(giving(once()), source());

    RunReport report = run.runner.run();

    assertThat(run.sink.text()).isEqualTo(expected());
    assertThat(run.sink.reports())
        .extracting(ended -> ended.shard().index())
        .containsExactly(0L, 1L, 1L);
    ShardReport head = run.sink.reports().get(1);
    ShardReport tail = run.sink.reports().get(2);
    assertThat(tail.tail()).isTrue();
    assertThat(head.tail()).isFalse();
    assertThat(head.tailOffset()).isEqualTo(tail.shard().offset());
    assertThat(head.shard().offset() + head.shard().length()).isEqualTo(tail.shard().offset());
    assertThat(tail.worker()).isNotEqualTo(head.worker());
    assertThat(report.shards()).isEqualTo(2);
    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(report.records()).isEqualTo(LINES);
    assertThat(report.outputBytes()).isEqualTo(expected().length());
  }

  @ParameterizedTest
  @EnumSource(Ordering.class)
  void tailsAreDividedAgain(Ordering ordering) {
    TestRun run =
        new TestRun(
            new FakeRuntime(giving(_ -> true)),
            source(),
            new CollectingSink(ordering),
            TestRun.plan(3, ordering));

    RunReport report = run.runner.run();

    if (ordering == Ordering.INPUT) {
      assertThat(run.sink.text()).isEqualTo(expected());
    }
    assertThat(run.sink.text().lines())
        .containsExactlyInAnyOrderElementsOf(expected().lines().toList());
    assertThat(run.sink.reports()).hasSizeGreaterThan(3);
    assertThat(report.shards()).isEqualTo(2);
    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(report.records()).isEqualTo(LINES);
  }

  @Test
  void failuresHaveTheirNumbersInTheSource() {
    TestRun run = new TestRun(giving(_ -> true), source());

    run.runner.run();

    assertThat(run.events.of(RunEvent.Failure.class))
        .extracting(RunEvent.Failure::record)
        .containsExactly(4L, 9L, 14L, 19L, 24L);
  }

  @Test
  void aTailThatBreaksOffFailsTheShard() {
    FakeScript script =
        (shard, bytes, output) ->
            (shard.offset() > line(0).length() ? FakeScripts.failingShard() : giving(once()))
                .run(shard, bytes, output);
    TestRun run = new TestRun(script, source());

    RunReport report = run.runner.run();

    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(run.sink.reports().getLast().result()).isInstanceOf(ShardResult.Failed.class);
  }

  @Test
  void anInterpreterIsOpenedForATail() {
    TestRun run = new TestRun(giving(once()), ListSource.of("line a\nline b\nline c\nline d\n"));

    run.runner.run();

    assertThat(run.sink.text()).isEqualTo("LINE A\nLINE B\nLINE C\nLINE D\n");
    assertThat(run.runtime.interpreters())
        .hasSize(2)
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void anInterpreterThatDoesNotOpenFailsTheRun() throws Exception {
    FakeRuntime runtime =
        new FakeRuntime(giving(once()))
            .withSetup(
                config -> {
                  if (config.worker() > 0) {
                    throw new PyParallelException.RuntimeFailed("no second one");
                  }
                });
    TestRun run = new TestRun(runtime, ListSource.of("a\nb\nc\nd\n"));

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.RuntimeFailed.class)
        .hasMessage("no second one");
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void theIdleAreStopped() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    FakeScript script =
        (_, _, output) -> {
          awaitWanted(output);
          idle.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("nothing counts this latch down");
        };
    TestRun run = new TestRun(script, ListSource.lines(1));
    CompletableFuture<RunReport> report = run.start();
    idle.await();

    run.runner.stop();

    assertThat(report.get(1, TimeUnit.SECONDS).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  @Test
  void aTailIsStoppedToo() throws Exception {
    CountDownLatch inTail = new CountDownLatch(1);
    FakeScript script =
        (shard, bytes, output) ->
            (shard.offset() > 0 ? FakeScripts.blocking(inTail) : giving(once()))
                .run(shard, bytes, output);
    TestRun run = new TestRun(script, ListSource.of("a\nb\nc\nd\n"));
    CompletableFuture<RunReport> report = run.start();
    inTail.await();

    run.runner.stop();

    assertThat(report.get(1, TimeUnit.SECONDS).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(run.threadsLeft()).isEmpty();
  }

  /// Gives a tail away only in the last shard as the source has it.
  private static Predicate<Shard> once() {
    return shard -> shard.offset() <= line(0).length();
  }

  /// As [FakeScripts#failingRecords] for lines that begin with `bad`. Before the second line of a
  /// shard of several it waits until somebody is idle, and gives half of the rest away.
  private static FakeScript giving(Predicate<Shard> gives) {
    return (shard, bytes, output) -> {
      List<String> lines = new String(bytes, UTF_8).lines().toList();
      List<PythonError> errors = new ArrayList<>();
      int end = lines.size();
      for (int i = 0; i < end; i++) {
        if (i == 1 && end > 2 && gives.test(shard)) {
          awaitWanted(output);
          int cut = i + (end - i) / 2;
          int offset = lines.subList(0, cut).stream().mapToInt(line -> line.length() + 1).sum();
          if (output.give(new ShardCut(cut, cut, offset, LONG))) {
            end = cut;
          }
        }
        String line = lines.get(i);
        if (line.startsWith("bad")) {
          errors.add(FakeScripts.error(i, "bad line"));
        } else if (!FakeScripts.write(output, line.toUpperCase(Locale.ROOT) + "\n")) {
          break;
        }
      }
      return new ShardResult.Finished(end, errors.size(), errors);
    };
  }

  private static void awaitWanted(ShardOutput output) throws InterruptedException {
    while (!output.wanted()) {
      Thread.sleep(1);
    }
  }
}
