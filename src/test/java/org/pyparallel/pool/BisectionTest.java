package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Shards that fail as a whole, and are halved until it is known which records are to blame.
@Timeout(60)
class BisectionTest {
  private static final RunPlan PLAN = TestRun.plan(2, Limits.NONE, TestRun.BISECT);

  @TempDir Path folder;

  @AfterEach
  void noFileIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> !file.endsWith("in.txt"))).isEmpty();
    }
  }

  /// Fails as a whole, having written what comes before, at a line of this kind.
  private static FakeScript failingAt(Predicate<String> fails) {
    return (_, bytes, output) -> {
      for (String line : new String(bytes, UTF_8).lines().toList()) {
        if (fails.test(line)) {
          return new ShardResult.Failed(0, 0, List.of(FakeScripts.error(-1, "cannot " + line)));
        }
        FakeScripts.write(output, line.toUpperCase(Locale.ROOT) + "\n");
      }
      return new ShardResult.Finished(0, 0, List.of());
    };
  }

  private static String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    IntStream.range(from, to).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }

  private static List<PythonError> errors(TestRun run) {
    return run.sink.reports().stream()
        .flatMap(report -> report.result().errors().stream())
        .toList();
  }

  @Test
  void onlyTheRecordsThatFailAreLost() {
    FakeScript script = failingAt(line -> line.equals("line 17") || line.equals("line 40"));
    TestRun run =
        new TestRun(
            new FakeRuntime(script), ListSource.of(lines(0, 30), lines(30, 60)), PLAN, folder);

    RunReport report = run.runner.run();

    String expected =
        lines(0, 60).replace("line 17\n", "").replace("line 40\n", "").toUpperCase(Locale.ROOT);
    assertThat(run.sink.text()).isEqualTo(expected);
    assertThat(report.failedShards()).isEqualTo(2);
    assertThat(report.failedRecords()).isEqualTo(2);
    assertThat(errors(run))
        .extracting(
            PythonError::record, PythonError::line, PythonError::offset, PythonError::message)
        .containsExactly(
            tuple(17L, 17L, (long) lines(0, 17).length(), "cannot line 17"),
            tuple(10L, 10L, (long) lines(30, 40).length(), "cannot line 40"));
    assertThat(run.events.of(RunEvent.Failure.class))
        .extracting(RunEvent.Failure::offset)
        .containsExactly((long) lines(0, 17).length(), (long) lines(0, 40).length());
  }

  @Test
  void aSingleRecordFailsAtOnce() {
    FakeScript script = failingAt(_ -> true);
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.of("only\n"), PLAN, folder);

    assertThat(run.runner.run().failedRecords()).isEqualTo(1);

    assertThat(errors(run)).extracting(PythonError::record).containsExactly(0L);
    assertThat(run.sink.text()).isEmpty();
  }

  @Test
  void whereMuchFailsTheRestDoesSoAsItIs() {
    FakeScript script = failingAt(_ -> true);
    TestRun run =
        new TestRun(new FakeRuntime(script), ListSource.of(lines(0, 5_000)), PLAN, folder);

    RunReport report = run.runner.run();

    assertThat(report.failedRecords()).isEqualTo(5_000);
    List<PythonError> errors = errors(run);
    assertThat(errors.size()).isBetween(Bisection.MOST_FAILING, Bisection.MOST_FAILING + 14);
    assertThat(errors.getLast().message()).endsWith(" records from here on)");
    assertThat(run.sink.text()).isEmpty();
  }

  @Test
  void whatFailsOnlyTogetherIsLostNowhere() {
    FakeScript script =
        (_, bytes, output) -> {
          if (bytes.length > 100) {
            return new ShardResult.Failed(0, 0, List.of(FakeScripts.error(-1, "too much")));
          }
          FakeScripts.write(output, new String(bytes, UTF_8));
          return new ShardResult.Finished(0, 0, List.of());
        };
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.of(lines(0, 100)), PLAN, folder);

    assertThat(run.runner.run().failedShards()).isZero();
    assertThat(run.sink.text()).isEqualTo(lines(0, 100));
  }

  @Test
  void whatHangsOrCrashesIsFoundAsWell() {
    FakeScript script =
        (shard, bytes, output) -> {
          String text = new String(bytes, UTF_8);
          if (text.contains("line 3\n")) {
            throw new FakeScripts.Crash();
          }
          if (text.contains("line 5\n")) {
            return FakeScripts.blocking(new java.util.concurrent.CountDownLatch(1))
                .run(shard, bytes, output);
          }
          return failingAt(_ -> false).run(shard, bytes, output);
        };
    RunPlan plan = TestRun.plan(1, TestRun.shardLimit(Duration.ofMillis(50)), TestRun.BISECT);
    TestRun run = new TestRun(new FakeRuntime(script), ListSource.of(lines(0, 8)), plan, folder);

    run.runner.run();

    assertThat(errors(run))
        .extracting(PythonError::record, PythonError::type)
        .containsExactly(tuple(3L, "WorkerDied"), tuple(5L, "TimeoutError"));
    assertThat(run.sink.text()).isEqualTo("LINE 0\nLINE 1\nLINE 2\nLINE 4\nLINE 6\nLINE 7\n");
    assertThat(run.runtime.interpreters())
        .allSatisfy(interpreter -> assertThat(interpreter.closes()).isEqualTo(1));
  }

  @Test
  void partsAreRejectedAsRecordsAre() throws Exception {
    Path file = folder.resolve("in.txt");
    byte[] data = "a\nb \"quoted\"\r\n\u00e4\u0001\nx\nlast".getBytes(UTF_8);
    data[data.length - 6] = (byte) 0xff; // instead of x
    Files.write(file, data);
    Shard shard =
        new Shard(0, "in.txt", 0, 100, new ShardData.FileRange(file, 0, Files.size(file)));
    FakeScript script =
        (_, bytes, output) -> {
          if (bytes[0] != 'a' || bytes.length > 2) {
            return new ShardResult.Failed(0, 0, List.of(FakeScripts.error(-1, "no")));
          }
          FakeScripts.write(output, "a\n");
          return new ShardResult.Finished(0, 0, List.of());
        };
    TestRun run =
        new TestRun(new FakeRuntime(script), ListSource.ofShards(shard), rejecting(PLAN), folder);

    run.runner.run();

    assertThat(run.sink.text()).isEqualTo("a\n");
    List<String> lines = run.sink.rejects().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith(
            "{\"source\": \"in.txt\", \"record\": 102, \"line\": 102, \"offset\": 2, \"error\":"
                + " {\"type\": \"ValueError\", \"message\": \"no\"}, \"traceback\": \"Traceback")
        .endsWith("ValueError: no\", \"data\": \"b \\\"quoted\\\"\"}");
    assertThat(lines.get(1)).endsWith("\"data\": \"\u00e4\\u0001\"}");
    assertThat(lines.get(2)).endsWith("\"dataBase64\": \"/w==\"}");
    assertThat(lines.get(3)).endsWith("\"data\": \"last\"}");
  }

  private static RunPlan rejecting(RunPlan plan) {
    return new RunPlan(
        plan.script(),
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        plan.numbered(),
        plan.sharding(),
        plan.runtime(),
        false,
        plan.workers(),
        plan.ordering(),
        plan.merging(),
        plan.outputFormat(),
        plan.tagged(),
        plan.outputFile(),
        Optional.of(Path.of("rejects")),
        plan.shares(),
        plan.python(),
        plan.safeguards());
  }

  @Test
  void partsAreHalvedAtTheRecordEndNearestToTheMiddle() throws Exception {
    ShardData data = new ShardData.Bytes(ByteBuffer.wrap("aaaaaaaa\nb\nc\n".getBytes(UTF_8)));
    PartScan scan = new PartScan(data, (byte) '\n', 1);
    Bisection.Part whole = new Bisection.Part(0, 13, 0, 0);

    Bisection.Part first = scan.firstHalf(whole);

    assertThat(first).isEqualTo(new Bisection.Part(0, 9, 0, 0));
    Bisection.Part rest = scan.rest(whole, first);
    assertThat(rest).isEqualTo(new Bisection.Part(9, 13, 1, 1));
    assertThat(scan.firstHalf(first)).isNull();
    assertThat(scan.firstHalf(rest)).isEqualTo(new Bisection.Part(9, 11, 1, 1));
    assertThat(scan.records(whole)).isEqualTo(3);
  }

  @Test
  void recordsOfSeveralItemsStayTogether() throws Exception {
    ShardData data = new ShardData.Bytes(ByteBuffer.wrap("a\0b\0c\0d\0e\0f\0".getBytes(UTF_8)));
    PartScan scan = new PartScan(data, (byte) 0, 2);
    Bisection.Part whole = new Bisection.Part(0, 12, 0, 0);

    Bisection.Part first = scan.firstHalf(whole);

    assertThat(first).isEqualTo(new Bisection.Part(0, 8, 0, 0));
    assertThat(scan.rest(whole, first)).isEqualTo(new Bisection.Part(8, 12, 2, 0));
    assertThat(scan.records(whole)).isEqualTo(3);
  }
}
