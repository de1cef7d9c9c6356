package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledPythonTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(directory);
    shell.home = Optional.of(directory);
  }

  @Test
  void passesArgumentsOnAndTheStatusBack() throws IOException {
    install("printf '%s\\n' \"$@\" > seen; exit 7");

    assertThat(shell.type("python", "-m", "venv", "--help", "@x", "--", "a b")).isEqualTo(7);

    assertThat(directory.resolve("seen")).hasContent("-m\nvenv\n--help\n@x\n--\na b");
  }

  @Test
  void saysWhereItLookedForAMissingOne() {
    assertThat(shell.type("python")).isEqualTo(3);

    assertThat(shell.stderr())
        .isEqualTo(
            "pyparallel: this installation has no bundled Python (no program "
                + directory
                + "/python/bin/python3.14): install pyparallel anew, or use a Python 3.14 of your"
                + " own\n");
  }

  private void install(String program) throws IOException {
    Path file = directory.resolve("python/bin/python3.14");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + program + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
