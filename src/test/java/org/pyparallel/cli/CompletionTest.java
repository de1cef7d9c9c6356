package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

/// The scripts under `completions/`; `make completions` writes them anew.
class CompletionTest {
  private static final Path FOLDER = Path.of("completions");
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"bash, pyparallel.bash", "zsh, _pyparallel", "fish, pyparallel.fish"})
  void committedFilesAreUpToDate(String shell, String file) throws IOException {
    Shell process = new Shell(directory);

    assertThat(process.type("completion", shell)).isZero();

    assertThat(FOLDER.resolve(file)).hasContent(process.stdout());
    assertThat(process.stdout().lines()).noneMatch(line -> line.endsWith(" "));
  }

  @ParameterizedTest
  @CsvSource({"bash, --", "zsh, --", "fish, -l"})
  void everyOptionOfEveryCommandIsThere(String shell, String prefix) {
    String script = Completion.of(shell);
    String before = prefix.equals("--") ? "--" : "-l ";
    for (Command command : Command.values()) {
      assertThat(script).contains(command.word());
      for (OptionSpec option : command.spec().options()) {
        assertThat(script).contains(before + option.longestName().substring(2));
        if (Completable.of(option) == Completable.CHOICE) {
          assertThat(script).contains(String.join(" ", Completable.choices(option)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"bash, pyparallel.bash", "zsh, _pyparallel", "fish, pyparallel.fish"})
  void shellsAcceptTheirScript(String shell, String file) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");

    Process process =
        new ProcessBuilder(shell, "-n", FOLDER.resolve(file).toString())
            .redirectErrorStream(true)
            .start();

    assertThat(process.inputReader().readAllAsString()).isEmpty();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pyparallel ru|run",
        "pyparallel run --fo|--format",
        "pyparallel run --format js|json jsonl",
        "pyparallel run --format = js|json jsonl",
        "pyparallel run s|script.py",
        "pyparallel run -j 3 s|script.py",
        "pyparallel run script.py s|sample.txt script.py",
        "pyparallel run -o s|sample.txt script.py",
        "pyparallel run --rejects s|sample.txt script.py",
        "pyparallel run --sort s|script.py",
        "pyparallel run --so|--sort",
        "pyparallel m|map",
        "pyparallel fi|filter",
        "pyparallel re|reduce repl",
        "pyparallel map --exp|--explain",
        "pyparallel map x s|sample.txt script.py",
        "pyparallel filter -j 3 x s|sample.txt script.py",
        "pyparallel reduce --format js|json jsonl",
        "pyparallel completion z|zsh"
      })
  void bashCompletesWords(String line, String expected) throws Exception {
    assumeTrue(isInstalled("bash"), "bash is not installed");
    Files.writeString(directory.resolve("script.py"), "");
    Files.writeString(directory.resolve("sample.txt"), "");
    String program =
        "source \"$1\"; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
            + "_pyparallel 2> /dev/null; printf '%s\\n' \"${COMPREPLY[@]}\" | sort | paste -s -d ' '";

    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                program,
                "bash",
                FOLDER.resolve("pyparallel.bash").toAbsolutePath().toString(),
                line)
            .directory(directory.toFile())
            .start();

    assertThat(process.inputReader().readLine()).isEqualTo(expected);
  }

  private static boolean isInstalled(String shell) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, shell))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void unknownShellIsRefused() {
    Shell process = new Shell(directory);

    assertThat(process.type("completion", "tcsh")).isEqualTo(2);
  }
}
