package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.Format;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final Screen screen = new Screen();
  private long now = 17;

  @Test
  void aLineTellsHowFarTheRunIs() {
    assertThat(line(120))
        .isEqualTo(
            "   38%  ━━━━━━━━━───────────────  1,204 records  38.1 MB of 100 MB  12.7 MB/s"
                + "  shards 19/50  ETA 0:04  2 failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "100|   38%  ━━━━╸───────  1,204 records  38.1 MB of 100 MB  12.7 MB/s"
            + "  shards 19/50  ETA 0:04  2 failed",
        "80|   38%  ━━━━━━───────────  1,204 records  38.1 MB of 100 MB  ETA 0:04  2 failed",
        "60|   38%  ━━━━━━──────────  1,204 records  ETA 0:04  2 failed",
        "40|   38%  ━━━━───────  ETA 0:04  2 failed",
        "30|   38%  ETA 0:04  2 failed",
        "20|   38%  2 failed",
        "10|   38%",
        "5|",
        "0|"
      })
  void whatDoesNotFitIsLeftOut(int columns, String line) {
    assertThat(line(columns)).isEqualTo(line == null ? "" : line);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 33, 47, 61, 79, 80, 95, 111, 130, 500})
  void aLineLeavesTheLastColumnFree(int columns) {
    assertThat(line(columns).length()).isLessThan(columns);
  }

  @Test
  void aStreamHasNoTotal() {
    Progress progress = progress(120, OptionalLong.empty());
    progress.started(Events.started(Format.LINES, OptionalLong.empty()));
    progress.shardEnded(Events.shardEnded(38_100_000, 1, 0).report());
    now += 65 * SECOND;
    progress.tick();

    assertThat(shown()).isEqualTo("  1 record  38.1 MB  586 kB/s  shards 1  1:05");
  }

  @ParameterizedTest
  @EnumSource(names = {"FILES", "ARGS", "RANGE"})
  void itemsAreCountedNotMeasured(Format format) {
    Progress progress = progress(80, OptionalLong.of(5));
    progress.started(Events.started(format, OptionalLong.of(50)));
    progress.shardEnded(Events.shardEnded(9_999, 10, 0).report());
    now += 2 * SECOND;
    progress.tick();

    assertThat(shown())
        .isEqualTo("   20%  ━━━━╸───────────────────  10 records  shards 1/5  ETA 0:08");
  }

  /// Half of the input came out of a journal in no time.
  @Test
  void theJournalTellsNothingOfWhatIsLeft() {
    Progress progress = progress(120, OptionalLong.of(10));
    progress.started(Events.started(Format.LINES, OptionalLong.of(10_000_000)));
    for (int i = 0; i < 5; i++) {
      progress.shardEnded(Events.replayed(1_000_000, 100));
    }
    now += 2 * SECOND;
    progress.tick();
    assertThat(shown()).contains("50%", "5.0 MB of 10.0 MB  0 B/s", "0:02").doesNotContain("ETA");

    progress.shardEnded(Events.shardEnded(1_000_000, 100, 0).report());
    now += 2 * SECOND;
    progress.tick();
    assertThat(shown()).contains("60%", "250 kB/s", "ETA 0:16");
  }

  @Test
  void withoutUtf8ALineIsAscii() {
    Terminal terminal =
        new Terminal(
            screen, StandardCharsets.ISO_8859_1, Terminal.Kind.INTERACTIVE, Colour.NEVER, () -> 60);
    draw(new Progress(terminal, OptionalLong.of(50), () -> now));

    assertThat(shown()).isEqualTo("   38%  ######..........  1,204 records  ETA 0:04  2 failed");
  }

  @Test
  void failuresAreRed() {
    draw(new Progress(screen.interactive(Colour.ALWAYS, 20), OptionalLong.of(50), () -> now));

    assertThat(shown()).isEqualTo("   38%  \u001b[31m2 failed\u001b[0m");
  }

  @Test
  void aShortRunShowsNothing() {
    Progress progress = progress(80, OptionalLong.empty());
    progress.started(Events.started(Format.LINES, OptionalLong.of(100)));

    now += Progress.QUIET_NANOS - 1;
    progress.tick();
    assertThat(screen.take()).isEmpty();

    now++;
    progress.tick();
    assertThat(shown()).startsWith("    0%  ");
  }

  @Test
  void theEndErasesTheLineForGood() {
    Progress progress = progress(80, OptionalLong.empty());
    draw(progress);
    screen.take();

    progress.end();
    progress.tick();

    assertThat(screen.take()).isEqualTo("\r\u001b[K");
  }

  private String line(int columns) {
    draw(progress(columns, OptionalLong.of(50)));
    return shown();
  }

  private Progress progress(int columns, OptionalLong shardCount) {
    return new Progress(screen.interactive(Colour.NEVER, columns), shardCount, () -> now);
  }

  /// Three seconds into a run of 100 MB.
  private void draw(Progress progress) {
    progress.started(Events.started(Format.LINES, OptionalLong.of(100_000_000)));
    for (int i = 0; i < 18; i++) {
      progress.shardEnded(Events.shardEnded(2_000_000, 60, 0).report());
    }
    progress.shardEnded(Events.shardEnded(2_100_000, 124, 2).report());
    now += 3 * SECOND;
    progress.tick();
  }

  /// The status line without what draws it.
  private String shown() {
    return screen.take().replace("\r\u001b[?7l", "").replace("\u001b[K\u001b[?7h", "");
  }
}
