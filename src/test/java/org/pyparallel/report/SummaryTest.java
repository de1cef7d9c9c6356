package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RunReport.End;

class SummaryTest {
  private static final RunPlan PLAN = Events.plan(Format.LINES, Events.FILES, Optional.empty());

  @Test
  void aCleanRunSaysNothing() {
    assertThat(summary(Verbosity.NORMAL, Events.report(End.COMPLETE, 0, 0))).isEmpty();
  }

  @Test
  void failuresAreOneLine() {
    assertThat(summary(Verbosity.NORMAL, Events.report(End.COMPLETE, 3, 17)))
        .isEqualTo("pyparallel: 3 of 50 shards had errors: 17 of 1,204,000 records failed\n");
  }

  @Test
  void shardsMayFailWithoutARecord() {
    assertThat(summary(Verbosity.NORMAL, Events.report(End.COMPLETE, 3, 0)))
        .isEqualTo("pyparallel: 3 of 50 shards had errors\n");
  }

  @Test
  void aScriptWithoutInputHasNoShardsToSpeakOf() {
    RunPlan plan = Events.plan(Format.LINES, new Input.None(), Optional.empty());

    assertThat(summary(plan, Verbosity.NORMAL, Events.report(End.COMPLETE, 1, 0))).isEmpty();
  }

  @Test
  void anInterruptedRunSaysHowFarItCame() {
    assertThat(summary(Verbosity.NORMAL, Events.report(End.INTERRUPTED, 0, 0)))
        .isEqualTo("pyparallel: interrupted: 50 of 80 shards done, 1,204,000 records written\n");
  }

  @Test
  void anInterruptedRunLeavesTheOutputFileAlone() {
    RunPlan plan = Events.plan(Format.LINES, Events.FILES, Optional.of(Path.of("out.txt")));

    assertThat(summary(plan, Verbosity.NORMAL, Events.report(End.INTERRUPTED, 1, 2)))
        .isEqualTo(
            """
            pyparallel: interrupted: 50 of 80 shards done, 'out.txt' left as it was
            pyparallel: 1 of 50 shards had errors: 2 of 1,204,000 records failed
            """);
  }

  @Test
  void anInterruptedRunThatMergesAllHasWrittenNothing() {
    RunReport report = Events.report(End.INTERRUPTED, 0, 0);

    for (Merging merging :
        List.of(new Merging.Sort(Optional.empty(), false, false), new Merging.Reduce("sum"))) {
      assertThat(summary(Events.merging(merging), Verbosity.NORMAL, report))
          .isEqualTo("pyparallel: interrupted: 50 of 80 shards done, nothing written\n");
    }
    assertThat(summary(Events.merging(new Merging.Distinct()), Verbosity.NORMAL, report))
        .isEqualTo("pyparallel: interrupted: 50 of 80 shards done\n");
  }

  @Test
  void anInterruptedStreamHasNoTotal() {
    Screen screen = new Screen();
    new Summary(screen.plain(), Verbosity.NORMAL, OptionalLong.empty())
        .ended(
            PLAN,
            new RunReport(End.INTERRUPTED, 1, 0, 0, 0, 0, 0, 0, 1, Duration.ZERO, Duration.ZERO));

    assertThat(screen.take()).isEqualTo("pyparallel: interrupted: 1 shard done\n");
  }

  @Test
  void failedTeardownsAreOneLine() {
    RunReport report =
        new RunReport(End.COMPLETE, 9, 0, 9, 0, 2, 9, 9, 4, Duration.ZERO, Duration.ZERO);

    assertThat(summary(Verbosity.NORMAL, report))
        .isEqualTo("pyparallel: teardown() failed in 2 of 4 workers\n");
  }

  @Test
  void aClosedOutputIsNoNews() {
    assertThat(summary(Verbosity.NORMAL, Events.report(End.OUTPUT_CLOSED, 0, 0))).isEmpty();
  }

  @Test
  void quietSaysNothing() {
    assertThat(summary(Verbosity.QUIET, Events.report(End.INTERRUPTED, 3, 17))).isEmpty();
  }

  @Test
  void verboseTellsTheCost() {
    assertThat(summary(Verbosity.VERBOSE, Events.report(End.COMPLETE, 0, 0)))
        .isEqualTo(
            """
            pyparallel: cpython, 2 workers
            pyparallel: 1,204,000 records in 50 shards, 100 MB in, 38.1 MB out
            pyparallel: 12.00 s, CPU 23.04 s, 100,333 records/s, 8.3 MB/s, workers 96% busy
            """);
  }

  @Test
  void verboseLeavesOutWhatIsNotKnown() {
    RunReport report =
        new RunReport(End.COMPLETE, 1, 0, 0, 0, 0, 500, 0, 1, Duration.ofSeconds(2), Duration.ZERO);

    assertThat(summary(Verbosity.VERBOSE, report))
        .isEqualTo(
            """
            pyparallel: cpython, 1 worker
            pyparallel: 0 records in 1 shard, 500 B in, 0 B out
            pyparallel: 2.00 s, 250 B/s
            """);
  }

  @Test
  void itemsHaveNoBytes() {
    RunPlan plan = Events.plan(Format.RANGE, new Input.Range(1, 100, 1), Optional.empty());
    RunReport report =
        new RunReport(
            End.COMPLETE, 2, 0, 100, 0, 0, 0, 40, 1, Duration.ofSeconds(2), Duration.ZERO);

    assertThat(summary(plan, Verbosity.VERBOSE, report))
        .isEqualTo(
            """
            pyparallel: cpython, 1 worker
            pyparallel: 100 records in 2 shards, 40 B out
            pyparallel: 2.00 s, 50 records/s
            """);
  }

  private static String summary(Verbosity verbosity, RunReport report) {
    return summary(PLAN, verbosity, report);
  }

  private static String summary(RunPlan plan, Verbosity verbosity, RunReport report) {
    Screen screen = new Screen();
    new Summary(screen.plain(), verbosity, OptionalLong.of(80)).ended(plan, report);
    return screen.take();
  }
}
