package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Readers that leave, sources that never end, and sources that take their time.
@EnabledOnOs(OS.LINUX)
class PipeIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final List<String> YES = List.of("yes", "record");
  private static final List<String> HEAD = List.of("head", "-n", "1");
  private static final long SLOW_MEBIBYTES = 400;

  /// The heap may fill up to its limit before garbage is collected.
  private static final long FAST_MEBIBYTES = 400;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void script() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record.upper()\n");
  }

  @Test
  void anEndlessRunEndsQuietlyWhenItsReaderLeaves() throws IOException {
    List<Running> pipeline =
        pyparallel.pipeline(List.of(YES, Launcher.command("run", "s.py"), HEAD));

    pipeline.get(2).await(AT_ONCE).isClean();
    pipeline.get(1).await(AT_ONCE).isClean();
    pipeline.get(0).await(AT_ONCE).isQuiet();
    assertThat(pyparallel.survivors()).isEmpty();
  }

  @Test
  void aRunOverABigFileEndsQuietlyWhenItsReaderLeaves() throws IOException {
    pyparallel.write("big.txt", "record\n".repeat(3_000_000));

    List<Running> pipeline =
        pyparallel.pipeline(List.of(Launcher.command("run", "s.py", "big.txt"), HEAD));

    pipeline.get(1).await(AT_ONCE).isClean();
    pipeline.get(0).await(AT_ONCE).isClean();
  }

  @Test
  void aFilterEndsQuietlyWhenItsReaderLeaves() throws IOException {
    pyparallel.write(
        "filter.py",
        """
        import sys

        for line in sys.stdin:
            while True:
                print(line, end="")
        """);

    List<Running> pipeline =
        pyparallel.pipeline(List.of(YES, Launcher.command("run", "filter.py"), HEAD));

    pipeline.get(1).await(AT_ONCE).isClean();
  }

  @Test
  void aDocumentEndsQuietlyWhenItsReaderLeaves() throws IOException {
    List<Running> pipeline =
        pyparallel.pipeline(List.of(YES, Launcher.command("run", "--json", "s.py"), HEAD));

    pipeline.get(1).await(AT_ONCE).isClean();
  }

  @Test
  void helpEndsQuietlyWhenItsReaderLeaves() throws IOException {
    pyparallel.shell("pyparallel run --help | true").isClean();
  }

  @Test
  void errorsBeforeTheReaderLeftStillCount() throws IOException {
    pyparallel.write(
        "fails.py",
        """
        def process(record):
            yield record
            raise ValueError(record)
        """);

    List<Running> pipeline =
        pyparallel.pipeline(List.of(YES, Launcher.command("run", "fails.py"), HEAD));

    pipeline.get(1).await(AT_ONCE).hasStatus(1).says("ValueError: record");
  }

  @Test
  void aSlowReaderBoundsTheMemoryOfAnEndlessRun() throws IOException, InterruptedException {
    List<Running> pipeline = pyparallel.pipeline(List.of(YES, Launcher.command("run", "s.py")));
    InputStream output = pipeline.getLast().output();
    byte[] buffer = new byte[1 << 16];

    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    while (System.nanoTime() < end) {
      assertThat(output.read(buffer)).isPositive();
      Thread.sleep(20);
    }

    assertThat(pipeline.getLast().peakMebibytes()).isBetween(10L, SLOW_MEBIBYTES);
  }

  @Test
  void theMemoryOfAnEndlessRunIsBoundedWhenItsReaderIsFast() throws IOException {
    List<Running> pipeline = pyparallel.pipeline(List.of(YES, Launcher.command("run", "s.py")));
    InputStream output = pipeline.getLast().output();
    byte[] buffer = new byte[1 << 16];

    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (System.nanoTime() < end) {
      assertThat(output.read(buffer)).isPositive();
    }

    assertThat(pipeline.getLast().peakMebibytes()).isBetween(10L, FAST_MEBIBYTES);
  }

  @Test
  void aRecordIsAnsweredBeforeTheNextOneComes() throws IOException {
    Running run = pyparallel.start("run", "s.py");

    run.type("a\n").awaitOutput("A\n");
    assertThat(run.isAlive()).isTrue();
    run.type("b\n").awaitOutput("A\nB\n");

    run.endInput().await().isClean().prints("A\nB\n");
  }

  @Test
  void halfARecordWaitsForItsEnd() throws IOException {
    Running run = pyparallel.start("run", "s.py");

    run.type("a\nhal").awaitOutput("A\n");
    run.type("f\n").awaitOutput("A\nHALF\n");

    run.type("last").endInput().await().isClean().prints("A\nHALF\nLAST\n");
  }
}
