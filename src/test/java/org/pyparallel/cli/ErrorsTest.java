package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.RuntimeName;

/// What is said about wrong command lines, as transcripts.
class ErrorsTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    Files.writeString(directory.resolve("script.py"), "");
    Files.writeString(directory.resolve("input.txt"), "");
    Files.createDirectory(directory.resolve("folder"));
  }

  @Test
  void wrongOptions() {
    Golden.check(
        "errors-options.txt",
        transcript(
            "docter",
            "script.py",
            "--vers",
            "run",
            "run --worker 3 script.py",
            "run --fromat jsonl script.py",
            "run -json script.py",
            "run -x script.py",
            "run script.py --year 2026",
            "run -k --unordered script.py",
            "run --json --output-format text script.py",
            "run -0 --format lines script.py",
            "run --shards 2 -N 3 script.py",
            "run -q -v script.py",
            "run --quiet=yes script.py",
            "run script.py -j",
            "run -j -- script.py",
            "run -N -k script.py",
            "run -j 0 script.py",
            "run -j 200000% script.py",
            "run -j many script.py",
            "run --block 0 script.py",
            "run --block 2G script.py",
            "run --block -1 script.py",
            "run --shards 0 script.py",
            "run -N 1.5 script.py",
            "run --format xml script.py",
            "run --runtime pypy script.py",
            "run --color= script.py",
            "run --call= script.py",
            "run @missing script.py",
            "doctor now",
            "completion",
            "completion tcsh"));
  }

  @Test
  void wrongFiles() {
    Golden.check(
        "errors-files.txt",
        transcript(
            "run missing.py",
            "run folder",
            "run -",
            "run script.py missing.txt",
            "run script.py input.txt folder",
            "run script.py folder/",
            "run script.py *.csv",
            "run script.py [z-a]",
            "run script.py - -",
            "run script.py input.txt -",
            "run script.py input.txt/below",
            "run --format files script.py missing.txt",
            "python --version"));
  }

  @Test
  void wrongDefaultsNameTheVariable() {
    shell.variables.put("PYPARALLEL", "--frmat jsonl");
    String transcript = transcript("run script.py");
    for (String value :
        List.of("-j 0", "input.txt", "--help", "-k -- x", "--call 'f", "-k --unordered")) {
      shell.variables.put("PYPARALLEL", value);
      transcript += transcript("run script.py");
    }

    Golden.check("errors-defaults.txt", transcript);
  }

  @Test
  void emptyInputNameHintsAtAnUnsetVariable() {
    assertThat(shell.type("run", "script.py", "")).isEqualTo(2);

    assertThat(shell.stderr())
        .isEqualTo("pyparallel: an input's name is empty: is a variable in the command unset?\n");
  }

  @Test
  void runtimeWithoutItsLibrariesPointsAtTheLauncher() {
    shell.runtimes.put(
        RuntimeName.GRAALPY,
        () -> {
          throw new NoClassDefFoundError("org/graalvm/polyglot/Engine");
        });

    assertThat(shell.type("run", "--runtime", "graalpy", "script.py", "input.txt")).isEqualTo(3);

    assertThat(shell.stderr())
        .isEqualTo(
            "pyparallel: the runtime graalpy cannot be loaded: its libraries are not on the module"
                + " path (no class org.graalvm.polyglot.Engine); start it through the pyparallel"
                + " launcher\n");
  }

  private String transcript(String... lines) {
    StringBuilder text = new StringBuilder();
    String defaults = shell.variables.get("PYPARALLEL");
    for (String line : lines) {
      int status = shell.type(line.split(" "));
      assertThat(shell.stdout()).as(line).isEmpty();
      text.append(defaults == null ? "$ " : "$ PYPARALLEL=\"" + defaults + "\" ");
      text.append("pyparallel ").append(line).append('\n');
      text.append(shell.stderr().replace(directory.toString(), "DIR"));
      text.append("[").append(status).append("]\n\n");
    }
    return text.toString();
  }
}
