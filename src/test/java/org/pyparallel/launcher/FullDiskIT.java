package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that fills up: nothing half written is left looking whole, and what was done is kept.
///
/// The disk is a small one in memory, mounted in a namespace of the test's own.
@EnabledOnOs(OS.LINUX)
class FullDiskIT {
  private static final int BROKEN = 3;
  private static final String MOUNT = "mkdir -p disk && mount -t tmpfs -o size=2m tmpfs disk && ";

  @RegisterExtension final Launcher pyparallel = new Launcher();

  /// Runs lines of shell with a disk of 2 MB at `disk`.
  private Outcome onSmallDisk(String line) throws IOException {
    Outcome probe = pyparallel.shell("unshare -rm sh -c '" + MOUNT + "true'");
    Assumptions.assumeTrue(probe.status() == 0, "mounting needs user namespaces");
    return pyparallel.shell("unshare -rm sh -c '" + MOUNT + line + "'");
  }

  private void input() throws IOException {
    pyparallel.write("s.py", "def process(line):\n    return line * 20\n");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      text.append(i).append('\n');
    }
    pyparallel.write("in.txt", text.toString());
  }

  @Test
  void anOutputFileIsNotThere() throws IOException {
    input();

    Outcome outcome =
        onSmallDisk("pyparallel run s.py in.txt -o disk/out.txt; echo $?; ls -A disk");

    outcome.prints(BROKEN + "\n").says("cannot write output file 'disk/out.txt': No space left");
  }

  @Test
  void theJournalIsIntact() throws IOException {
    input();
    String whole = pyparallel.run("run", "s.py", "in.txt").isClean().text();

    Outcome outcome =
        onSmallDisk(
            "pyparallel run s.py in.txt --journal disk/j > first; echo $? > status;"
                + " cp -r disk/j j");

    outcome.hasStatus(0).says("disk/j", "No space left");
    assertThat(pyparallel.file("status")).hasContent(BROKEN + "\n");
    assertThat(whole).startsWith(Files.readString(pyparallel.file("first")));
    pyparallel
        .run("run", "s.py", "in.txt", "--journal", "j", "--resume", "-v")
        .hasStatus(0)
        .prints(whole)
        .says("journal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sort", "--retries=1 --bisect"})
  void temporaryFilesAreTakenAway(String options) throws IOException {
    pyparallel.write("s.py", "import sys\nfor line in sys.stdin: print(line * 400)\n");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append(i).append('\n');
    }
    pyparallel.write("in.txt", text.toString());

    Outcome outcome =
        onSmallDisk(
            "TMPDIR=$PWD/disk pyparallel run s.py in.txt --shards 2 "
                + options
                + " > out.txt; echo $?; ls -A disk");

    outcome.prints(BROKEN + "\n").says("No space left");
  }
}
