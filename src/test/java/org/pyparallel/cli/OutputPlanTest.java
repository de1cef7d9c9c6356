package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Share;

/// What becomes of results, as the plan has it.
class OutputPlanTest {
  private static final Merging JOIN = new Merging.Join();

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    Files.writeString(directory.resolve("s.py"), "def process(x):\n    return x\n");
    Files.writeString(
        directory.resolve("r.py"), "def process(x): ...\ndef reduce(a, b):\n    return a\n");
    Files.writeString(directory.resolve("f.txt"), "");
  }

  @ParameterizedTest
  @CsvSource({
    "--sort, '', false",
    "--sort=, '', false",
    "--sort=size, size, false",
    "--sort=-size, size, true",
    "--sort=-, '', true",
    "--sort=2, 2, false",
    "--sort=-a, a, true",
    "--sort=-j, j, true",
    "--sort=--tag, -tag, true",
    "--sort==x, =x, false",
    "--sort=--x, -x, true"
  })
  void aKeyIsAttachedToSort(String option, String key, boolean descending) {
    RunPlan plan = plan(option, "s.py", "f.txt");

    assertThat(plan.merging())
        .isEqualTo(
            new Merging.Sort(
                key.isEmpty() ? Optional.empty() : Optional.of(key), descending, false));
    assertThat(plan.script().file()).isEqualTo(directory.resolve("s.py"));
  }

  @Test
  void equalResultsAreWrittenOnce() {
    assertThat(plan("s.py", "--unique").merging()).isEqualTo(new Merging.Distinct());
    assertThat(plan("s.py", "--unique", "--sort").merging())
        .isEqualTo(new Merging.Sort(Optional.empty(), false, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "top:5", "collect-by:host", "longest"})
  void resultsAreReduced(String function) {
    assertThat(plan("s.py", "--reduce", function, "--unordered").merging())
        .isEqualTo(new Merging.Reduce(function));
    assertThat(plan("r.py", "--reduce", function).merging())
        .isEqualTo(new Merging.Reduce(function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def process(x): ...\ndef reduce(a, b): ...\n",
        "def reduce(a, b): ...\ndef process_shard(x): ...\n",
        "from steps import process\r\ndef reduce(a, b):\r\n  pass"
      })
  void aScriptWithAFunctionReduceIsReducedWithIt(String source) throws IOException {
    Files.writeString(directory.resolve("own.py"), source);

    assertThat(plan("own.py").merging()).isEqualTo(new Merging.Reduce("reduce"));
    assertThat(plan("own.py", "--reduce", "none").merging()).isEqualTo(JOIN);
    assertThat(plan("own.py", "--reduce", "none", "--sort").merging())
        .isInstanceOf(Merging.Sort.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def process(x): ...\n  def reduce(a, b): ...\n",
        "def process(x): ...\n# def reduce(a, b): ...\n",
        "from functools import reduce\ndef process(x): ...\n",
        "def reduce(items): ...\nprint(reduce(open(0)))\n"
      })
  void otherFunctionsReduceDoNotCount(String source) throws IOException {
    Files.writeString(directory.resolve("own.py"), source);

    assertThat(plan("own.py").merging()).isEqualTo(JOIN);
  }

  @Test
  void aCalledFunctionIsReducedToo() throws IOException {
    Files.writeString(directory.resolve("own.py"), "def reduce(a, b): ...\ndef f(x): ...\n");

    assertThat(plan("own.py", "--call", "f").merging()).isEqualTo(new Merging.Reduce("reduce"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sort", "--unique", "--tag"})
  void whatAScriptThatReducesExcludesIsAnError(String option) {
    assertThatThrownBy(() -> plan("r.py", option))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "the script has a function reduce, and "
                + option
                + " excludes reducing: add --reduce none");
  }

  @Test
  void defaultsGiveWay() {
    shell.variables.put("PYPARALLEL", "--sort --unique");
    assertThat(plan("r.py").merging()).isEqualTo(new Merging.Reduce("reduce"));
    assertThat(plan("s.py", "--reduce", "sum").merging()).isEqualTo(new Merging.Reduce("sum"));
    assertThat(plan("s.py", "--line-buffer").ordering()).isEqualTo(Ordering.LINES);

    shell.variables.put("PYPARALLEL", "--sort");
    assertThat(plan("s.py", "--tag").merging()).isEqualTo(JOIN);
    assertThat(plan("s.py", "--tag").tagged()).isTrue();

    shell.variables.put("PYPARALLEL", "--line-buffer --tag");
    assertThat(plan("r.py").tagged()).isFalse();
    assertThat(plan("s.py", "--sort").ordering()).isEqualTo(Ordering.INPUT);
    assertThat(plan("s.py", "--group").ordering()).isEqualTo(Ordering.INPUT);
    assertThat(plan("s.py", "--json").ordering()).isEqualTo(Ordering.INPUT);
    assertThat(plan("s.py", "--json").tagged()).isFalse();

    shell.variables.put("PYPARALLEL", "--reduce none");
    assertThat(plan("r.py").merging()).isEqualTo(JOIN);
  }

  @Test
  void linesComeWhole() {
    assertThat(plan("s.py", "--line-buffer").ordering()).isEqualTo(Ordering.LINES);
    assertThat(plan("s.py", "--line-buffer", "--output-format", "jsonl").ordering())
        .isEqualTo(Ordering.LINES);
    assertThat(plan("s.py", "--group", "--unordered").ordering()).isEqualTo(Ordering.COMPLETION);
    assertThat(plan("s.py", "--group", "-k").ordering()).isEqualTo(Ordering.INPUT);
  }

  @ParameterizedTest
  @CsvSource({"csv, CSV", "tsv, TSV", "jsonl, JSONL", "json, JSON", "text, TEXT"})
  void resultsAreWrittenInManyForms(String name, OutputFormat format) {
    assertThat(plan("s.py", "--output-format", name).outputFormat()).isEqualTo(format);
  }

  @Test
  void recordsThatFailAreNumbered() {
    RunPlan plan = plan("s.py", "--rejects", "bad.txt");
    assertThat(plan.rejects()).contains(directory.resolve("bad.txt"));
    assertThat(plan.numbered()).isTrue();

    assertThat(plan("s.py").numbered()).isFalse();
    assertThat(plan("s.py", "--numbered").numbered()).isTrue();
    assertThat(plan("s.py", "--numbered").rejects()).isEmpty();
  }

  @Test
  void filesAreSharedUnderTheirNames() {
    assertThat(plan("s.py", "--share", "words=f.txt", "--share=code=s.py").shares())
        .isEqualTo(
            List.of(
                new Share("words", directory.resolve("f.txt")),
                new Share("code", directory.resolve("s.py"))));
    shell.variables.put("PYPARALLEL", "--share words=f.txt");
    assertThat(plan("s.py").shares()).hasSize(1);
  }

  private RunPlan plan(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "run";
    System.arraycopy(words, 0, line, 1, words.length);
    return shell.plan(line);
  }
}
