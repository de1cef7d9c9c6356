package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "run --help, help-run.txt",
    "map --help, help-map.txt",
    "filter --help, help-filter.txt",
    "reduce --help, help-reduce.txt",
    "repl --help, help-repl.txt",
    "doctor -h, help-doctor.txt",
    "completion --help, help-completion.txt",
    "--help, help-overview.txt"
  })
  void eachCommandHasItsHelp(String line, String golden) {
    assertThat(shell.type(line.split(" "))).isZero();

    Golden.check(golden, shell.stdout());
    assertThat(shell.stderr()).isEmpty();
  }

  @Test
  void pyparallelAloneShowsTheOverview() {
    assertThat(shell.type()).isZero();

    Golden.check("help-overview.txt", shell.stdout());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100})
  void noLineIsWiderThanTheTerminal(int columns) {
    shell.columns = columns;

    shell.type("run", "--help");

    assertThat(shell.stdout().lines())
        .filteredOn(line -> !line.startsWith("  pyparallel ") && !line.contains("| "))
        .filteredOn(line -> !line.startsWith("  find ") && !line.endsWith(":"))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
  }

  @Test
  void narrowTerminalsGetTheTextBelowTheOption() {
    shell.columns = 50;

    shell.type("run", "--help");

    Golden.check("help-run-narrow.txt", shell.stdout());
  }

  @Test
  void headingsAreBoldOnATerminalUnlessNoColorIsSet() {
    shell.terminals.add(Environment.Stream.STDOUT);
    shell.type("--help");
    assertThat(shell.stdout()).contains("\u001b[1mCommands:\u001b[0m");

    shell.variables.put("NO_COLOR", "1");
    shell.type("--help");
    assertThat(shell.stdout()).doesNotContain("\u001b");
  }

  @Test
  void versionIsPrinted() {
    assertThat(shell.type("--version")).isZero();

    assertThat(shell.stdout()).isEqualTo("pyparallel 1.2.3\n");
  }
}
