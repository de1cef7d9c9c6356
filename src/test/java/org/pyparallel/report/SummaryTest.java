package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Input;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.Safeguards;

class SummaryTest {
  private static final RunPlan PLAN = Events.plan(Format.LINES, Events.FILES, Optional.empty());

  private static final RunPlan GUARDED =
      PLAN.with(
          new Safeguards(
              new Limits(
                  Optional.empty(),
                  Optional.of(Duration.ofMinutes(90)),
                  Optional.empty(),
                  OptionalLong.empty(),
                  OptionalLong.empty()),
              new Recovery(
                  0, true, false, Optional.of(new Halt(Halt.When.SOON, Halt.What.FAIL, 10, true))),
              Optional.empty(),
              Optional.empty()));

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
  void aRunThatEndsEarlySaysWhy() {
    assertThat(summary(GUARDED, Verbosity.NORMAL, Events.report(End.TIME_LIMIT, 0, 0)))
        .isEqualTo(
            "pyparallel: the time limit of 1:30:00 was reached: 50 of 80 shards done, 1,204,000"
                + " records written\n");
    assertThat(summary(Verbosity.NORMAL, Events.report(End.DRAINED, 0, 0)))
        .isEqualTo(
            "pyparallel: drained after SIGHUP: 50 of 80 shards done, 1,204,000 records written\n");
    assertThat(summary(GUARDED, Verbosity.NORMAL, Events.report(End.HALTED, 0, 0)))
        .isEqualTo(
            "pyparallel: halted by --halt soon,fail=10%: 50 of 80 shards done, 1,204,000 records"
                + " written\n");
    assertThat(summary(GUARDED, Verbosity.NORMAL, Events.report(End.ENOUGH, 0, 0)))
        .isEqualTo(
            "pyparallel: ended by --halt soon,fail=10%: 50 of 80 shards done, 1,204,000 records"
                + " written\n");
  }

  @Test
  void ofRunsThatEndEarlyOnlyThoseThatHadEnoughWriteTheirFile() {
    RunPlan plan = Events.plan(Format.LINES, Events.FILES, Optional.of(Path.of("out.txt")));

    for (End end : List.of(End.TIME_LIMIT, End.DRAINED, End.HALTED)) {
      assertThat(summary(plan, Verbosity.NORMAL, Events.report(end, 0, 0)))
          .endsWith(": 50 of 80 shards done, 'out.txt' left as it was\n");
    }
    assertThat(summary(plan, Verbosity.NORMAL, Events.report(End.ENOUGH, 0, 0)))
        .endsWith(": 50 of 80 shards done, 'out.txt' written\n");
  }

  @Test
  void attemptsAreCounted() {
    RunReport report =
        new RunReport(
            End.COMPLETE,
            1500,
            1,
            9,
            0,
            0,
            9,
            9,
            4,
            Duration.ofSeconds(1),
            Duration.ZERO,
            3,
            1200,
            Optional.empty());

    assertThat(summary(Verbosity.NORMAL, report))
        .isEqualTo(
            """
            pyparallel: failed shards were tried again 3 times
            pyparallel: 1 of 1,500 shards had errors
            """);
    assertThat(summary(Verbosity.QUIET, report)).isEmpty();
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
