package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.report.Colour;
import org.pyparallel.report.Terminal;
import org.pyparallel.report.Verbosity;

/// What is said about going on with a run.
class ResumeAdviceTest {
  private static final List<String> JOURNALED = List.of("run", "s.py", "a.txt", "--journal", "j");
  private static final List<String> PLAIN = List.of("run", "s.py", "a.txt");

  @TempDir Path directory;
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("s.py"), "");
    Files.writeString(directory.resolve("a.txt"), "");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPTED", "TIME_LIMIT", "DRAINED", "HALTED"})
  void aRunThatEndedEarlyIsResumed(End end) {
    advice(JOURNALED, true).ended(report(end, 0, 1));

    assertThat(said())
        .isEqualTo("pyparallel: resume with: pyparallel run s.py a.txt --journal j --resume\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETE", "ENOUGH", "OUTPUT_CLOSED"})
  void nothingIsSaidWhereNothingIsMissing(End end) {
    advice(JOURNALED, true).ended(report(end, 0, 100));
    advice(PLAIN, true).ended(report(end, 3, 100));

    assertThat(said()).isEmpty();
  }

  @Test
  void aResumedRunIsResumedByTheSameWords() {
    advice(with("--resume"), true).ended(report(End.INTERRUPTED, 0, 1));
    advice(with("--resume-failed"), true).ended(report(End.COMPLETE, 1, 1));

    assertThat(said())
        .isEqualTo(
            """
            pyparallel: resume with: pyparallel run s.py a.txt --journal j --resume
            pyparallel: try what failed again with: pyparallel run s.py a.txt --journal j --resume-failed
            """);
  }

  @Test
  void aRunWithFailuresCanTryThemAgain() {
    advice(JOURNALED, true).ended(report(End.COMPLETE, 2, 1));

    assertThat(said())
        .isEqualTo(
            "pyparallel: try what failed again with: pyparallel run s.py a.txt --journal j"
                + " --resume-failed\n");
  }

  @Test
  void itIsSaidOnce() {
    ResumeAdvice advice = advice(JOURNALED, true);
    advice.brokeOff();
    advice.ended(report(End.INTERRUPTED, 0, 1));
    advice.brokeOff();

    assertThat(said().lines()).hasSize(1);
  }

  @Test
  void whoeverLostMuchHearsOfTheJournal() {
    advice(PLAIN, true).ended(report(End.INTERRUPTED, 0, 31));

    assertThat(said())
        .isEqualTo(
            "pyparallel: --journal DIR would have kept what was done, for --resume to go on"
                + " with\n");
  }

  @Test
  void nobodyIsLecturedWithoutNeed() {
    advice(PLAIN, true).ended(report(End.INTERRUPTED, 0, 29));
    advice(PLAIN, false).ended(report(End.INTERRUPTED, 0, 31));
    advice(PLAIN, true).brokeOff();
    new ResumeAdvice(
            new Shell(directory).plan(JOURNALED.toArray(String[]::new)),
            JOURNALED,
            Verbosity.QUIET,
            terminal(),
            true)
        .ended(report(End.INTERRUPTED, 0, 31));

    assertThat(said()).isEmpty();
  }

  private static List<String> with(String option) {
    List<String> words = new ArrayList<>(JOURNALED);
    words.add(option);
    return words;
  }

  private ResumeAdvice advice(List<String> typed, boolean watched) {
    return new ResumeAdvice(
        new Shell(directory).plan(typed.toArray(String[]::new)),
        typed,
        Verbosity.NORMAL,
        terminal(),
        watched);
  }

  private Terminal terminal() {
    return new Terminal(
        stderr, StandardCharsets.UTF_8, Terminal.Kind.PLAIN, Colour.NEVER, () -> 80);
  }

  private String said() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  private static RunReport report(End end, long failedShards, long seconds) {
    return new RunReport(
        end, 9, failedShards, 9, 0, 0, 9, 9, 1, Duration.ofSeconds(seconds), Duration.ZERO);
  }
}
