package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands besides `run`.
@EnabledOnOs(OS.LINUX)
class CommandsIT {
  @RegisterExtension final Launcher pyparallel = new Launcher();

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "run --help", "doctor --help", "completion --help"})
  void helpGoesToStandardOutput(String words) throws IOException {
    Outcome outcome = pyparallel.shell("pyparallel " + words).isClean();

    assertThat(outcome.text()).startsWith("Usage: pyparallel");
  }

  @Test
  void versionIsOneLine() throws IOException {
    Outcome outcome = pyparallel.run("--version").isClean();

    assertThat(outcome.text()).matches("pyparallel \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void doctorTellsWhatIsThere() throws IOException {
    Outcome outcome = pyparallel.run("doctor").isClean();

    assertThat(outcome.text())
        .contains("home        " + Launcher.HOME)
        .contains("java        25")
        .contains("cpython     available")
        .contains("CPython 3.14");
  }

  @Test
  void doctorAlsoSpeaksJson() throws IOException {
    JsonNode report =
        new JsonMapper().readTree(pyparallel.run("doctor", "--json").isClean().stdout());

    assertThat(report.isObject()).isTrue();
    assertThat(report.toString()).contains("cpython");
  }

  @Test
  void pythonIsTheBundledOne() throws IOException {
    pyparallel.run("python", "-c", "print(1)").isClean().prints("1\n");
    pyparallel
        .run("python", "-c", "import sys; print(sys.version_info[:2])")
        .isClean()
        .prints("(3, 14)\n");
  }

  @Test
  void pythonGetsTheStreamsAndGivesItsStatus() throws IOException {
    pyparallel
        .shell("echo 'print(input()); exit(7)' > s.py; echo typed | pyparallel python s.py")
        .hasStatus(7)
        .prints("typed\n");
  }

  @Test
  void pythonDiesOfABrokenPipeAsItDoesAlone() throws IOException {
    pyparallel
        .shell("pyparallel python -c 'while True: print(1)' 2>/dev/null | head -n 1")
        .isClean()
        .prints("1\n");
    assertThat(pyparallel.survivors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssl", "sqlite3", "ctypes", "lzma", "zlib", "hashlib", "json"})
  void theBundledStandardLibraryHas(String module) throws IOException {
    pyparallel.run("python", "-c", "import " + module).isClean();
  }

  @Test
  void bashTakesItsCompletion() throws IOException {
    pyparallel.shell("pyparallel completion bash | bash -n").isClean();
    pyparallel
        .shell("pyparallel completion bash > c; bash -c '. ./c && complete -p pyparallel'")
        .isClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zsh", "fish"})
  void otherShellsHaveOneToo(String shell) throws IOException {
    Outcome outcome = pyparallel.run("completion", shell).isClean();

    assertThat(outcome.text()).contains("pyparallel", "doctor", "workers");
  }
}
