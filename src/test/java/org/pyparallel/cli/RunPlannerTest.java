package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;
import org.pyparallel.report.Verbosity;

/// From the words of `run` to the plan.
class RunPlannerTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    for (String name : List.of("s.py", "a.txt", "b.jsonl", "c.NDJSON")) {
      Files.writeString(directory.resolve(name), "");
    }
  }

  @Test
  void plainRunHasDefaults() {
    assertThat(plan("--no-tier-up", "s.py", "a.txt"))
        .isEqualTo(
            new RunPlan(
                new Script(directory.resolve("s.py"), Optional.empty(), List.of()),
                new Input.Files(List.of(directory.resolve("a.txt"))),
                Format.LINES,
                EncodingErrors.STRICT,
                new Sharding.Adaptive(),
                RuntimeName.CPYTHON,
                4,
                Ordering.INPUT,
                OutputFormat.TEXT,
                Optional.empty()));
  }

  @Test
  void onlyAutoMovesToAnotherRuntime() {
    assertThat(plan("s.py", "a.txt").tiersUp()).isTrue();
    assertThat(plan("s.py", "a.txt", "--runtime", "auto").tiersUp()).isTrue();
    assertThat(plan("s.py", "a.txt", "--runtime", "cpython").tiersUp()).isFalse();
    assertThat(plan("s.py", "a.txt", "--runtime", "process").tiersUp()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--no-tier-up",
        "--seed=1",
        "--memory-limit=1G",
        "--worker-lifespan=9",
        "--line-buffer",
        "--runtime=cpython"
      })
  void staysWhereMovingWouldChangeWhatIsAskedFor(String option) {
    assertThat(plan("s.py", "a.txt", option).tiersUp()).isFalse();
  }

  @Test
  void aScriptMaySayWhereItRuns() throws IOException {
    script("#!/usr/bin/env python3\n\n# pyparallel: runtime=process\nx = 1\n");
    assertThat(plan("s.py", "a.txt").runtime()).isEqualTo(RuntimeName.PROCESS);
    assertThat(plan("s.py", "a.txt", "--runtime=graalpy").runtime()).isEqualTo(RuntimeName.GRAALPY);
    assertThat(plan("s.py", "a.txt", "--runtime=auto").tiersUp()).isTrue();

    script("\uFEFF#pyparallel:runtime=cpython\r\n");
    assertThat(plan("s.py", "a.txt").tiersUp()).isFalse();

    script("x = 1\n# pyparallel: runtime=process\n");
    assertThat(plan("s.py", "a.txt").runtime()).isEqualTo(RuntimeName.CPYTHON);

    script("# pyparallel: runtime=jython\n");
    assertThatThrownBy(() -> plan("s.py", "a.txt"))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "s.py, line 1: there is no runtime jython: it can be auto, cpython, graalpy or process");

    script("\n# pyparallel: workers=3\n");
    assertThatThrownBy(() -> plan("s.py", "a.txt"))
        .hasMessage(
            "s.py, line 2: \"workers=3\" is no setting: only runtime=NAME can be set there");
  }

  private void script(String text) throws IOException {
    Files.writeString(directory.resolve("s.py"), text);
  }

  @Test
  void everyOptionReachesThePlan() {
    RunPlan plan =
        plan(
            "-j50%",
            "--runtime=graalpy",
            "--call",
            "f",
            "--format",
            "text",
            "--block",
            "4M",
            "--encoding-errors",
            "replace",
            "--unordered",
            "--json",
            "-o",
            "out.json",
            "s.py",
            "a.txt",
            "--",
            "-j",
            "--help",
            "@x");

    assertThat(plan)
        .isEqualTo(
            new RunPlan(
                new Script(
                    directory.resolve("s.py"), Optional.of("f"), List.of("-j", "--help", "@x")),
                new Input.Files(List.of(directory.resolve("a.txt"))),
                Format.TEXT,
                EncodingErrors.REPLACE,
                new Sharding.Block(4 << 20),
                RuntimeName.GRAALPY,
                2,
                Ordering.COMPLETION,
                OutputFormat.DOCUMENT,
                Optional.of(directory.resolve("out.json"))));
  }

  @Test
  void seesWhetherAScriptAwaits() throws IOException {
    Path script = directory.resolve("s.py");
    Files.writeString(script, "import asyncio\nasync def process(record):\n    return 1\n");
    assertThat(plan("s.py", "a.txt").script().awaits()).isTrue();
    assertThat(plan("s.py", "a.txt").script().concurrency()).isEmpty();
    assertThat(plan("--call=f", "s.py", "a.txt").script().awaits()).isFalse();
    Files.writeString(script, "def process(record):\n    return 1\n");
    assertThat(plan("s.py", "a.txt").script().awaits()).isFalse();
    Script script7 = plan("--concurrency", "7", "s.py", "a.txt").script();
    assertThat(script7.awaits()).isTrue();
    assertThat(script7.concurrency()).hasValue(7);
  }

  @Test
  void withoutInputStandardInputIsReadUnlessItIsATerminal() {
    assertThat(plan("s.py").input()).isEqualTo(new Input.Stdin());
    assertThat(plan("s.py", "-").input()).isEqualTo(new Input.Stdin());
    shell.terminals.add(Environment.Stream.STDIN);
    assertThat(plan("s.py").input()).isEqualTo(new Input.None());
    assertThat(plan("s.py", "-").input()).isEqualTo(new Input.Stdin());
  }

  @Test
  void inputsKeepTheirOrderAndPatternsAreSorted() {
    assertThat(plan("s.py", "b.jsonl", "[abs].*", "a.txt").input())
        .isEqualTo(
            new Input.Files(
                List.of(
                    directory.resolve("b.jsonl"),
                    directory.resolve("a.txt"),
                    directory.resolve("b.jsonl"),
                    directory.resolve("s.py"),
                    directory.resolve("a.txt"))));
  }

  @Test
  void fileWithAPatternForANameIsThatFile() throws IOException {
    Files.writeString(directory.resolve("*.txt"), "");

    assertThat(plan("s.py", "*.txt").input())
        .isEqualTo(new Input.Files(List.of(directory.resolve("*.txt"))));
  }

  @Test
  void filesAsRecordsMayBeDirectories() throws IOException {
    Files.createDirectory(directory.resolve("d"));

    assertThat(plan("--format", "files", "s.py", "d", "a.txt").input())
        .isEqualTo(new Input.Files(List.of(directory.resolve("d"), directory.resolve("a.txt"))));
  }

  @Test
  void commandLineWinsOverDefaults() {
    shell.variables.put("PYPARALLEL", "--unordered -j 3 --format 'text' --shards 5 -q");

    RunPlan defaults = plan("s.py", "a.txt");
    assertThat(defaults.ordering()).isEqualTo(Ordering.COMPLETION);
    assertThat(defaults.workers()).isEqualTo(3);
    assertThat(defaults.format()).isEqualTo(Format.TEXT);
    assertThat(defaults.sharding()).isEqualTo(new Sharding.Count(5));
    assertThat(options("s.py").verbosity()).isEqualTo(Verbosity.QUIET);

    RunPlan typed = plan("-k", "-j8", "-0", "-N", "7", "s.py", "a.txt");
    assertThat(typed.ordering()).isEqualTo(Ordering.INPUT);
    assertThat(typed.workers()).isEqualTo(8);
    assertThat(typed.format()).isEqualTo(Format.NULL);
    assertThat(typed.sharding()).isEqualTo(new Sharding.Records(7));
    assertThat(options("-v", "s.py").verbosity()).isEqualTo(Verbosity.VERBOSE);
  }

  @Test
  void lastOfRepeatedOptionsWins() {
    assertThat(plan("-j1", "-j2", "s.py", "--workers=3").workers()).isEqualTo(3);
  }

  @Test
  void argumentFileStandsForItsWords() throws IOException {
    Files.writeString(
        directory.resolve("args"), "# options\n-j 2 --call 'my f'\n\"a.txt\" @not-a-file\\ s");
    Files.writeString(directory.resolve("@not-a-file s"), "");
    Files.writeString(directory.resolve("@at"), "");

    RunPlan plan = plan("s.py", "@args", "@@at", "--", "@args");

    assertThat(plan.workers()).isEqualTo(2);
    assertThat(plan.script().call()).contains("my f");
    assertThat(plan.script().arguments()).containsExactly("@args");
    assertThat(plan.input())
        .isEqualTo(
            new Input.Files(
                List.of(
                    directory.resolve("a.txt"),
                    directory.resolve("@not-a-file s"),
                    directory.resolve("@at"))));
  }

  @Test
  void doubleHyphenInAnArgumentFileEndsTheOptions() throws IOException {
    Files.writeString(directory.resolve("args"), "a.txt -- x");

    assertThat(plan("s.py", "@args", "@args", "-j0").script().arguments())
        .containsExactly("x", "@args", "-j0");
  }

  private RunOptions options(String... words) {
    return shell.options(run(words));
  }

  private RunPlan plan(String... words) {
    return shell.plan(run(words));
  }

  private static String[] run(String... words) {
    return Stream.concat(Stream.of("run"), Stream.of(words)).toArray(String[]::new);
  }
}
