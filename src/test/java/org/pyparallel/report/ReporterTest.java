package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport.End;

class ReporterTest {
  private final Screen screen = new Screen();

  @Test
  void aRunWithFailuresTellsItsStory() {
    Reporter reporter = reporter(Verbosity.NORMAL);
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(new RunEvent.ShardStarted(Events.shard(0, 50), 0));
    reporter.accept(new RunEvent.Diagnostics("from the script"));
    reporter.accept(Events.shardEnded(50, 10, 0));
    reporter.accept(withoutFrames());
    reporter.accept(withoutFrames());
    reporter.accept(new RunEvent.Ended(Events.report(End.COMPLETE, 3, 17)));
    reporter.close();

    assertThat(screen.take())
        .isEqualTo(
            """
            from the script
            pyparallel: big.jsonl: record 7 (shard 3): ValueError: bad
            ... and 1 more like it (ValueError: bad)
            pyparallel: 3 of 50 shards had errors: 17 of 1,204,000 records failed
            """);
  }

  @Test
  void quietKeepsErrorsAndTheScriptsOwnWords() {
    Reporter reporter = reporter(Verbosity.QUIET);
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(new RunEvent.Diagnostics("from the script\n"));
    reporter.accept(withoutFrames());
    reporter.accept(new RunEvent.Ended(Events.report(End.INTERRUPTED, 3, 17)));

    assertThat(screen.take())
        .isEqualTo(
            """
            from the script
            pyparallel: big.jsonl: record 7 (shard 3): ValueError: bad
            """);
  }

  @Test
  void eachBrokenSourceIsNamedWhenItBreaks() {
    Reporter reporter = reporter(Verbosity.QUIET);
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(broke("a.gz", true));
    reporter.accept(broke("b.gz", false));
    reporter.accept(new RunEvent.Ended(Events.report(End.COMPLETE, 0, 0)));

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: cannot read a.gz: it is empty; going on with the next input
            pyparallel: cannot read b.gz: it is empty
            """);
  }

  private static RunEvent.InputBroke broke(String name, boolean goesOn) {
    return new RunEvent.InputBroke(
        new PyParallelException.InputFailed(
            "cannot read " + name + ": it is empty", new IOException("it is empty")),
        goesOn);
  }

  @Test
  void aRunThatBrokeOffStillTellsItsCounts() {
    Reporter reporter = reporter(Verbosity.NORMAL);
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(withoutFrames());
    reporter.accept(withoutFrames());
    screen.take();

    reporter.close();
    reporter.close();

    assertThat(screen.take()).isEqualTo("... and 1 more like it (ValueError: bad)\n");
  }

  @Test
  void aCleanRunOnATerminalLeavesNothingBehind() {
    Reporter reporter =
        new Reporter(screen.interactive(Colour.ALWAYS, 80), Verbosity.NORMAL, OptionalLong.empty());
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(Events.shardEnded(100, 10, 0));
    reporter.accept(new RunEvent.Ended(Events.report(End.COMPLETE, 0, 0)));

    assertThat(screen.take()).isEmpty();
  }

  @Test
  void aScriptThatCannotBeLoadedShowsItsTraceback() {
    reporter(Verbosity.QUIET).scriptFailed("job.py", Events.error(4, "x"));

    assertThat(screen.take())
        .isEqualTo(
            "pyparallel: cannot start job.py: ValueError: x\n"
                + Events.error(4, "x").traceback()
                + "\n");
  }

  @Test
  void anotherAttemptIsADetail() {
    for (Verbosity verbosity : Verbosity.values()) {
      reporter(verbosity)
          .accept(new RunEvent.ShardRetried(Events.shard(3, 10), 1, Events.error(4, "x\ny")));
    }

    assertThat(screen.take())
        .isEqualTo(
            "pyparallel: big.jsonl: shard 3 failed at attempt 1 and is tried again: ValueError: x\n");
  }

  @Test
  void noticesAreForThoseWhoWantThem() {
    for (Verbosity verbosity : Verbosity.values()) {
      reporter(verbosity).accept(new RunEvent.Notice("notice for " + verbosity, false));
      reporter(verbosity).accept(new RunEvent.Notice("detail for " + verbosity, true));
    }

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: notice for NORMAL
            pyparallel: notice for VERBOSE
            pyparallel: detail for VERBOSE
            """);
  }

  @Test
  void aQuestionIsAnsweredAtAnyMoment() {
    Reporter reporter = reporter(Verbosity.QUIET);
    reporter.describe("");
    reporter.accept(Events.started(Format.JSONL, OptionalLong.of(100)));
    reporter.accept(Events.shardEnded(50, 10, 0));
    reporter.describe("worker 0: shard 1\n  File \"s.py\", line 1");

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: after 0:00, 0 of 50 shards done; no worker is at work
            pyparallel: after 0:00, 1 of 50 shards done
            worker 0: shard 1
              File "s.py", line 1
            """);
  }

  private Reporter reporter(Verbosity verbosity) {
    return new Reporter(screen.plain(), verbosity, OptionalLong.of(50));
  }

  private static RunEvent.Failure withoutFrames() {
    return new RunEvent.Failure(Events.shard(3, 10), 7, Events.errorWithoutFrames("bad"), 1);
  }
}
