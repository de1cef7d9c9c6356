package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

class ErrorReporterTest {
  private final Screen screen = new Screen();
  private final ErrorReporter errors = new ErrorReporter(screen.plain());

  @Test
  void aFailureShowsWhereItHappenedAndItsTraceback() {
    errors.failed(Events.failure(4, "invalid literal for int() with base 10: 'x'"));
    errors.end();

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: big.jsonl: record 40213 (shard 3): \
            ValueError: invalid literal for int() with base 10: 'x'
            Traceback (most recent call last):
              File "script.py", line 9, in process
                return parse(record)
              File "script.py", line 4, in parse
                return int(x)
            ValueError: invalid literal for int() with base 10: 'x'
            """);
  }

  @Test
  void aTracebackThatWouldFillScreensIsCutInTheMiddle() {
    errors.failed(Events.failure(4, "x".repeat(1 << 20)));
    errors.end();

    assertThat(screen.take())
        .hasSizeLessThan(ErrorReporter.MAX_TRACEBACK + 1_000)
        .contains("\n... (1,0", " characters left out, which --json and --rejects have) ...\nx")
        .contains("File \"script.py\", line 9, in process");
  }

  @Test
  void failuresAtTheSameLineAreCounted() {
    errors.failed(Events.failure(4, "one"));
    errors.failed(Events.failure(5, "two"));
    screen.take();
    for (int i = 0; i < 41; i++) {
      errors.failed(Events.failure(4, "another " + i));
    }
    assertThat(screen.take()).isEmpty();
    errors.end();
    errors.end();

    assertThat(screen.take()).isEqualTo("... and 41 more like it (ValueError at script.py:4)\n");
  }

  @Test
  void aFailureThatStandsForManyCountsThemAll() {
    errors.failed(new RunEvent.Failure(Events.shard(3, 10), 7, Events.error(4, "x"), 1_000));
    errors.failed(new RunEvent.Failure(Events.shard(4, 10), 8, Events.error(4, "x"), 0));
    screen.take();
    errors.end();

    assertThat(screen.take()).isEqualTo("... and 1,000 more like it (ValueError at script.py:4)\n");
  }

  @Test
  void withoutFramesTheMessageTellsFailuresApart() {
    errors.failed(withoutFrames(-1, "bad shard"));
    errors.failed(withoutFrames(-1, "bad shard"));
    errors.failed(withoutFrames(7, "bad record"));
    errors.end();

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: big.jsonl: shard 3 (bytes 3000 to 4000): ValueError: bad shard
            pyparallel: big.jsonl: record 7 (shard 3): ValueError: bad record
            ... and 1 more like it (ValueError: bad shard)
            """);
  }

  @Test
  void aRecordWithUnknownNumberIsFoundByItsShard() {
    errors.failed(new RunEvent.Failure(Events.shard(3, 1000), -1, Events.error(4, "x"), 1));

    assertThat(screen.take())
        .startsWith("pyparallel: big.jsonl: record 213 of shard 3 (from byte 3000): ValueError: x");
  }

  @Test
  void theByteIsToldAndTheLineWhereItIsNotTheRecord() {
    errors.failed(placed(40213, 40213, 57, 1));
    errors.failed(placed(7, 12, 0, 1));
    errors.failed(placed(7, 12, -1, 1));
    errors.failed(placed(7, 7, 57, 0));
    errors.failed(placed(-1, -1, 57, 1));

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: big.jsonl: byte 3057: record 40213 (shard 3): KeyError: 1
            pyparallel: big.jsonl: line 12, byte 3000: record 7 (shard 3): KeyError: 2
            pyparallel: big.jsonl: line 12: record 7 (shard 3): KeyError: 3
            pyparallel: big.jsonl: byte 3057: record 7, where shard 3 stopped: KeyError: 4
            pyparallel: big.jsonl: byte 3057: record 213 of shard 3: KeyError: 5
            """);
  }

  private int placed;

  private RunEvent.Failure placed(long record, long line, long offset, long failedRecords) {
    String message = Integer.toString(++placed);
    PythonError error =
        new PythonError(212, 212, offset, "KeyError", message, List.of(), "KeyError: " + message);
    return new RunEvent.Failure(Events.shard(3, 1000), record, line, error, failedRecords);
  }

  @Test
  void onlySoManyKindsAreShown() {
    for (int line = 1; line <= ErrorReporter.MAX_KINDS; line++) {
      errors.failed(Events.failure(line, "x"));
    }
    screen.take();
    errors.failed(Events.failure(100, "x"));
    errors.failed(Events.failure(101, "x"));
    errors.failed(Events.failure(20, "x"));
    errors.end();

    assertThat(screen.take())
        .isEqualTo(
            """
            ... and 1 more like it (ValueError at script.py:20)
            ... and 2 more of other kinds
            """);
  }

  @Test
  void aTeardownThatFailsEverywhereIsShownOnce() {
    PythonError error = Events.errorWithoutFrames("no");
    errors.failed(new RunEvent.TeardownFailed(0, error));
    errors.failed(new RunEvent.TeardownFailed(1, error));
    errors.end();

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: teardown() in worker 0: ValueError: no
            ... and 1 more like it (ValueError: no)
            """);
  }

  @Test
  void aHeaderIsOneLineOfLimitedLength() {
    errors.failed(Events.failure(4, "x".repeat(300) + "\nand more"));

    assertThat(screen.take())
        .startsWith(
            "pyparallel: big.jsonl: record 40213 (shard 3): ValueError: "
                + "x".repeat(ErrorReporter.MAX_MESSAGE)
                + "...\nTraceback");
  }

  @Test
  void aScriptThatRanWithoutInputFailsAsUnderPython() {
    Shard nothing = new Shard(0, "", 0, 0, new ShardData.Nothing());

    errors.failed(new RunEvent.Failure(nothing, -1, Events.error(4, "x"), 0));

    assertThat(screen.take()).isEqualTo(Events.error(4, "x").traceback() + "\n");
  }

  @Test
  void anEmptyMessageLeavesNoColonBehind() {
    PythonError error = new PythonError(-1, "KeyError", "", List.of(), "KeyError");

    errors.failed(new RunEvent.Failure(Events.shard(3, 10), 1, error, 1));

    assertThat(screen.take()).isEqualTo("pyparallel: big.jsonl: record 1 (shard 3): KeyError\n");
  }

  @Test
  void aMessageThatDoesNotFitTheHeaderFollowsIt() {
    errors.failed(withoutFrames(1, "one line\nand another"));

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: big.jsonl: record 1 (shard 3): ValueError: one line
            ValueError: one line
            and another
            """);
  }

  @Test
  void colourMarksTheTypeAndDimsTheFrames() {
    new ErrorReporter(screen.interactive(Colour.ALWAYS, 80)).failed(Events.failure(4, "x"));

    assertThat(screen.take())
        .isEqualTo(
            """
            pyparallel: big.jsonl: record 40213 (shard 3): <RED>ValueError<END>: x
            Traceback (most recent call last):
            <DIM>  File "script.py", line 9, in process<END>
            <DIM>    return parse(record)<END>
            <DIM>  File "script.py", line 4, in parse<END>
            <DIM>    return int(x)<END>
            ValueError: x
            """
                .replace("<RED>", "\u001b[31m")
                .replace("<DIM>", "\u001b[2m")
                .replace("<END>", "\u001b[0m"));
  }

  private static RunEvent.Failure withoutFrames(long record, String message) {
    return new RunEvent.Failure(
        Events.shard(3, 1000), record, Events.errorWithoutFrames(message), 1);
  }
}
