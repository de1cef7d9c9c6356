package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Tiering;

/// Runs that move from one runtime to another in their midst. Shards of one line; what each costs
/// is CPU time that a script really uses.
@Timeout(60)
class RunnerTierUpTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final TierUp.Terms SOON =
      new TierUp.Terms(0, 10 * MILLISECOND, 0.05, 100 * MILLISECOND, 20 * MILLISECOND);
  private static final long HOME = 12 * MILLISECOND;
  private static final long THERE = 3 * MILLISECOND;

  @TempDir Path folder;

  /// The lines that were worked on, each as often as that happened.
  private final Set<String> once = ConcurrentHashMap.newKeySet();

  private final Set<String> again = ConcurrentHashMap.newKeySet();

  private FakeScript costing(long nanos) {
    return (shard, bytes, output) -> {
      String line = new String(bytes, UTF_8);
      if (!once.add(line)) {
        again.add(line);
      }
      burn(nanos);
      output.write(ByteBuffer.wrap(line.toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8)));
      return new ShardResult.Finished(1, 0, List.of());
    };
  }

  private static void burn(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private TestRun run(FakeRuntime home, FakeRuntime faster, int shards) {
    RunPlan plan = TestRun.plan(2, Ordering.INPUT);
    return new TestRun(
        new Lineup(home, null, faster), ListSource.lines(shards), plan, folder, SOON);
  }

  private static String expected(int shards) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shards; i++) {
      text.append("LINE ").append(i).append('\n');
    }
    return text.toString();
  }

  private static Tiering tiering(RunReport report) {
    return report.tiering().orElseThrow();
  }

  @Test
  void workersMoveToWhatIsFasterAndTheOutputStaysInOrder() throws Exception {
    FakeRuntime faster = new FakeRuntime(costing(THERE));
    TestRun run = run(new FakeRuntime(costing(HOME)), faster, 200);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(200));
    assertThat(tiering(report).decision()).isEqualTo(Tiering.Decision.MOVED);
    assertThat(tiering(report).graalpyShards()).isPositive();
    assertThat(again).isEmpty();
    assertThat(report.shards()).isEqualTo(200);
    assertThat(faster.interpreters()).isNotEmpty().allMatch(one -> one.closes() == 1);
    assertThat(notices(run)).anyMatch(text -> text.startsWith("moving to graalpy: "));
  }

  @Test
  void whatIsSlowerIsLeftAgain() throws Exception {
    FakeRuntime slower = new FakeRuntime(costing(4 * HOME));
    TestRun run = run(new FakeRuntime(costing(HOME)), slower, 120);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(120));
    assertThat(tiering(report).decision()).isEqualTo(Tiering.Decision.STAYED);
    assertThat(again).isEmpty();
    assertThat(slower.interpreters()).hasSize(1).allMatch(one -> one.closes() == 1);
  }

  @Test
  void aScriptThatCannotBeLoadedThereLosesNothing() throws Exception {
    PythonError error =
        new PythonError(-1, "ImportError", "no module named numpy\nfor you", List.of(), "");
    FakeRuntime faster =
        new FakeRuntime().failingToOpen(new PyParallelException.ScriptFailed(error));
    TestRun run = run(new FakeRuntime(costing(HOME)), faster, 80);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(80));
    assertThat(tiering(report).decision()).isEqualTo(Tiering.Decision.REFUSED);
    assertThat(notices(run))
        .containsExactly(
            "staying on cpython: the script cannot be loaded there: ImportError: no module named"
                + " numpy");
  }

  @Test
  void whatIsMissingThereIsNotTried() throws Exception {
    FakeRuntime missing = new FakeRuntime().missing("not among the modules", "use the launcher");
    TestRun run = run(new FakeRuntime(costing(HOME)), missing, 80);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(80));
    assertThat(tiering(report).reason()).isEqualTo("not among the modules");
  }

  @Test
  void whatFailsThereAndNotAtHomeIsRunAtHomeAndEndsIt() throws Exception {
    FakeScript failing =
        (shard, bytes, output) -> {
          output.write(ByteBuffer.wrap("half of it".getBytes(UTF_8)));
          return failed("ImportError");
        };
    TestRun run = run(new FakeRuntime(costing(HOME)), new FakeRuntime(failing), 80);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(80));
    assertThat(report).matches(RunReport::isClean);
    assertThat(tiering(report).decision()).isEqualTo(Tiering.Decision.REFUSED);
    assertThat(tiering(report).reason()).isEqualTo("the script fails there: ImportError: no");
    assertThat(report.retried()).isZero();
  }

  @Test
  void whatFailsOnBothIsBelievedFromThenOn() throws Exception {
    FakeScript home =
        (shard, bytes, output) -> {
          costing(HOME).run(shard, bytes, output);
          return failed("ValueError");
        };
    FakeScript there =
        (shard, bytes, output) -> {
          costing(THERE).run(shard, bytes, output);
          return failed("ValueError");
        };
    TestRun run = run(new FakeRuntime(home), new FakeRuntime(there), 200);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(200));
    assertThat(report.failedRecords()).isEqualTo(200);
    assertThat(tiering(report).graalpyShards()).isGreaterThan(2);
    // One shard of each worker, at most, was held against what it comes to at home.
    assertThat(again.size()).isBetween(1, 2);
  }

  @Test
  void whatDiesThereIsRunAtHome() throws Exception {
    FakeScript dying =
        (shard, bytes, output) -> {
          throw new org.pyparallel.interpreter.FakeScripts.Crash();
        };
    TestRun run = run(new FakeRuntime(costing(HOME)), new FakeRuntime(dying), 80);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo(expected(80));
    assertThat(report).matches(RunReport::isClean);
  }

  @Test
  void longShardsAreDividedWhileTheirCodeIsNew() throws Exception {
    // A shard of 40 lines, each of which costs the same; divided where somebody wants a part.
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add("line\n".repeat(40));
    }
    TestRun run =
        new TestRun(
            new Lineup(
                new FakeRuntime(lineByLine(MILLISECOND)),
                null,
                new FakeRuntime(lineByLine(2 * MILLISECOND))),
            ListSource.of(texts.toArray(new String[0])),
            TestRun.plan(2, Ordering.INPUT),
            folder,
            SOON);

    RunReport report = run.start().get();

    assertThat(run.sink.text()).isEqualTo("LINE\n".repeat(800));
    assertThat(report.records()).isEqualTo(800);
    assertThat(report.shards()).isEqualTo(20);
    assertThat(run.events.of(RunEvent.ShardEnded.class))
        .anyMatch(ended -> ended.report().isDivided());
  }

  private static FakeScript lineByLine(long nanos) {
    return (shard, bytes, output) -> {
      int size = "line\n".length();
      long end = bytes.length;
      long done = 0;
      for (; done < end; done += size) {
        if (done > 0 && output.wanted()) {
          long cut = done + (end - done) / 2 / size * size;
          if (cut > done && output.give(new ShardCut(cut / size, cut / size, cut, 100))) {
            end = cut;
          }
        }
        burn(nanos);
        output.write(ByteBuffer.wrap("LINE\n".getBytes(UTF_8)));
      }
      return new ShardResult.Finished(done / size, 0, List.of());
    };
  }

  private static ShardResult failed(String type) {
    return new ShardResult.Finished(
        1, 1, 1, List.of(new PythonError(0, type, "no", List.of(), "")));
  }

  private static List<String> notices(TestRun run) {
    return run.events.of(RunEvent.Notice.class).stream().map(RunEvent.Notice::text).toList();
  }
}
