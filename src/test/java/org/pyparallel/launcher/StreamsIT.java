package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Full disks, and standard streams that are closed.
@EnabledOnOs(OS.LINUX)
class StreamsIT {
  private static final int BROKEN = 3;
  private static final String FULL = "No space left on device";

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("fails.py", "def process(record):\n    return 1 // 0\n");
    pyparallel.write("in.txt", "a\nb\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run s.py in.txt",
        "run --json s.py in.txt",
        "run --output-format json s.py in.txt",
        "run --help",
        "doctor",
        "completion bash"
      })
  void standardOutputOnAFullDisk(String words) throws IOException {
    Outcome outcome = pyparallel.shell("pyparallel " + words + " > /dev/full").hasStatus(BROKEN);

    assertThat(outcome.stderr())
        .isEqualTo("pyparallel: cannot write to standard output: " + FULL + "\n");
  }

  @Test
  void anOutputFileOnAFullDisk() throws IOException {
    Outcome outcome = pyparallel.run("run", "s.py", "in.txt", "-o", "/dev/full");

    outcome.hasStatus(BROKEN).prints("");
    assertThat(outcome.stderr())
        .isEqualTo("pyparallel: cannot write to '/dev/full': " + FULL + "\n");
  }

  @Test
  void aFullDiskEndsAnEndlessRun() throws IOException {
    pyparallel.shell("yes | pyparallel run s.py > /dev/full").hasStatus(BROKEN).says(FULL);

    assertThat(pyparallel.survivors()).isEmpty();
  }

  @Test
  void messagesOnAFullDiskAreLostAndNothingElseIs() throws IOException {
    pyparallel.shell("pyparallel run s.py in.txt 2> /dev/full").isClean().prints("A\nB\n");
    pyparallel.shell("pyparallel run fails.py in.txt 2> /dev/full").hasStatus(1).prints("");
  }

  @Test
  void closedStandardInputIsEmpty() throws IOException {
    pyparallel.shell("pyparallel run s.py <&-").isClean().prints("");
  }

  @Test
  void closedStandardInputDoesNotMatterWhenFilesAreNamed() throws IOException {
    pyparallel.shell("pyparallel run s.py in.txt <&-").isClean().prints("A\nB\n");
  }

  @Test
  void closedStandardOutputIsTold() throws IOException {
    pyparallel
        .shell("pyparallel run s.py in.txt >&-")
        .hasStatus(BROKEN)
        .says("pyparallel: cannot write to standard output: ");
  }

  @Test
  void closedStandardOutputDoesNotMatterWhenAFileIsWritten() throws IOException {
    pyparallel.shell("pyparallel run s.py in.txt -o out.txt >&-").isClean();

    assertThat(pyparallel.file("out.txt")).hasContent("A\nB\n");
  }

  @Test
  void closedStandardErrorLosesMessagesOnly() throws IOException {
    pyparallel.shell("pyparallel run s.py in.txt 2>&-").isClean().prints("A\nB\n");
    pyparallel.shell("pyparallel run fails.py in.txt 2>&-").hasStatus(1).prints("");
    pyparallel.shell("pyparallel run s.py nope.txt 2>&-").hasStatus(2).prints("");
  }

  @Test
  void messagesToClosedStandardErrorDoNotEndUpInTheOutputFile() throws IOException {
    pyparallel.write(
        "s.py",
        "import sys\ndef process(record):\n    print('noise', file=sys.stderr)\n    return record\n");

    pyparallel.shell("pyparallel run s.py in.txt -o out.txt <&- >&- 2>&-").hasStatus(0);

    assertThat(pyparallel.file("out.txt")).hasContent("a\nb\n");
  }
}
