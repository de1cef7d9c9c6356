package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.job.Format;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Script;

/// What becomes of expressions.
class OneLinerPlanTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    for (String name : List.of("a.csv", "a.jsonl", "a.tsv.gz", "a.txt")) {
      Files.writeString(directory.resolve(name), "");
    }
  }

  @Test
  void anExpressionStandsForAScript() {
    RunPlan plan = shell.plan("map", "x + 1", "a.txt", "--", "--year", "2026");

    assertThat(plan.script())
        .isEqualTo(
            new Script(
                Path.of("<map>"),
                List.of("--year", "2026"),
                new OneLiner(OneLiner.Kind.MAP, "x + 1")));
    assertThat(plan.merging()).isEqualTo(new Merging.Join());
    assertThat(shell.plan("filter", "x").script().file()).isEqualTo(Path.of("<filter>"));
  }

  @ParameterizedTest
  @CsvSource({
    "map, a.csv, CSV, TEXT",
    "map, -, LINES, TEXT",
    "filter, -, LINES, TEXT",
    "filter, a.jsonl, JSONL, TEXT",
    "filter, a.csv, CSV, CSV",
    "filter, a.tsv.gz, TSV, TSV",
    "reduce, -, VALUES, TEXT",
    "reduce, a.txt, VALUES, TEXT",
    "reduce, a.csv, CSV, TEXT"
  })
  void formatsAreUsualOnes(String command, String input, Format format, OutputFormat output) {
    RunPlan plan = shell.plan(command, "a", input);

    assertThat(plan.format()).isEqualTo(format);
    assertThat(plan.outputFormat()).isEqualTo(output);
  }

  @Test
  void filteredTablesMayBeWrittenInOtherForms() {
    assertThat(shell.plan("filter", "x", "a.csv", "--output-format", "text").outputFormat())
        .isEqualTo(OutputFormat.TEXT);
    assertThat(shell.plan("filter", "x", "--format", "tsv", "--json").outputFormat())
        .isEqualTo(OutputFormat.DOCUMENT);
  }

  @Test
  void pairsAreReduced() {
    assertThat(shell.plan("reduce", "a + b").merging()).isEqualTo(new Merging.Reduce("reduce"));
    assertThat(shell.plan("reduce", "a + b", ":::", "1", "2").format()).isEqualTo(Format.ARGS);
    assertThat(shell.plan("map", "x", "--reduce", "sum").merging())
        .isEqualTo(new Merging.Reduce("sum"));
    assertThat(shell.plan("map", "x", "--sort").merging()).isInstanceOf(Merging.Sort.class);
  }

  @ParameterizedTest
  @CsvSource({"map, i, true", "map, int(x), false", "filter, i > 3, true", "reduce, i, false"})
  void recordsAreNumberedWhereTheExpressionAsks(String command, String expression, boolean is) {
    assertThat(shell.plan(command, expression).numbered()).isEqualTo(is);
  }

  @Test
  void defaultsOfRunAreForExpressionsTooAsFarAsTheyGo() {
    shell.variables.put("PYPARALLEL", "-j 3 --call f --reduce sum --output-format jsonl");

    RunPlan map = shell.plan("map", "x");
    assertThat(map.workers()).isEqualTo(3);
    assertThat(map.script().call()).isEmpty();
    assertThat(map.merging()).isEqualTo(new Merging.Reduce("sum"));
    assertThat(map.outputFormat()).isEqualTo(OutputFormat.JSONL);
    assertThat(shell.plan("reduce", "a").merging()).isEqualTo(new Merging.Reduce("reduce"));

    shell.variables.put("PYPARALLEL", "--reduce longest");
    assertThat(shell.plan("map", "x").merging()).isEqualTo(new Merging.Join());

    shell.variables.put("PYPARALLEL", "--sort --tag");
    assertThat(shell.plan("reduce", "a").merging()).isEqualTo(new Merging.Reduce("reduce"));
    assertThat(shell.plan("reduce", "a").tagged()).isFalse();
  }

  @Test
  void explainingIsAnOptionOfTheirs() {
    assertThat(((Program.Expression) shell.options("map", "x").program()).explain()).isFalse();
    assertThat(((Program.Expression) shell.options("map", "--explain", "x").program()).explain())
        .isTrue();
  }
}
