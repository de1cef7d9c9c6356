package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.RunPlan;

/// Where the records come from, as the plan has it.
class InputPlanTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    for (String name : List.of("s.py", "a.txt", "b.csv")) {
      Files.writeString(directory.resolve(name), "");
    }
  }

  @Test
  void aRangeIsTheInput() {
    RunPlan plan = shell.plan("run", "s.py", "--range", "1..1e3..10");

    assertThat(plan.input()).isEqualTo(new Input.Range(1, 991, 10));
    assertThat(plan.format()).isEqualTo(Format.RANGE);
  }

  @Test
  void aRangeMayBeginWithAHyphen() {
    assertThat(shell.plan("run", "s.py", "--range=-5..-1").input())
        .isEqualTo(new Input.Range(-5, -1, 1));
    assertThat(shell.plan("run", "--range", "-5..-1", "s.py").input())
        .isEqualTo(new Input.Range(-5, -1, 1));
  }

  @Test
  void wordsAfterThreeColonsAreAListWhateverTheyLookLike() {
    RunPlan plan = shell.plan("run", "s.py", "-j2", ":::", "-j", "--help", "@a", "", "--sort");

    assertThat(plan.input())
        .isEqualTo(arguments(false, List.of("-j", "--help", "@a", "", "--sort")));
    assertThat(plan.format()).isEqualTo(Format.ARGS);
    assertThat(plan.formatOptions().width()).isEqualTo(1);
    assertThat(plan.workers()).isEqualTo(2);
  }

  @Test
  void severalListsAreCombinedOrLinked() {
    RunPlan plan = shell.plan("run", "s.py", ":::", "a", "b", ":::", "1", "--", "--year", ":::");

    assertThat(plan.input()).isEqualTo(arguments(false, List.of("a", "b"), List.of("1")));
    assertThat(plan.formatOptions().width()).isEqualTo(2);
    assertThat(plan.script().arguments()).containsExactly("--year", ":::");
    assertThat(shell.plan("run", "--link", "s.py", ":::", "a", ":::", "1", "2").input())
        .isEqualTo(arguments(true, List.of("a"), List.of("1", "2")));
  }

  @Test
  void aListMayBeEmpty() {
    assertThat(shell.plan("run", "s.py", ":::").input()).isEqualTo(arguments(false, List.of()));
  }

  @Test
  void listsAreReadFromFiles() throws IOException {
    Files.writeString(directory.resolve("one"), "\ufeffa\r\n\nb c\r");
    Files.writeString(directory.resolve("two"), "1\n2\n");
    shell.stdin = "x\ny\n";

    assertThat(
            shell
                .plan("run", "s.py", "-a", "one", "--arg-file", "-", ":::", "w", "::::", "two")
                .input())
        .isEqualTo(
            arguments(
                false,
                List.of("a", "", "b c\r"),
                List.of("x", "y"),
                List.of("w"),
                List.of("1", "2")));
    assertThat(shell.plan("run", "s.py", "::::", "two", "one").input())
        .isEqualTo(arguments(false, List.of("1", "2"), List.of("a", "", "b c\r")));
  }

  @Test
  void wordsInFilesMayEndInNul() throws IOException {
    Files.writeString(directory.resolve("list"), "a\nb\0c\r\n\0");

    RunPlan plan = shell.plan("run", "-0", "s.py", "-a", "list");

    assertThat(plan.input()).isEqualTo(arguments(false, List.of("a\nb", "c\r\n")));
    assertThat(plan.format()).isEqualTo(Format.ARGS);
  }

  @Test
  void listsInAnArgumentFileEndItsOptions() throws IOException {
    Files.writeString(directory.resolve("args"), "-j 2 ::: 'a b' @x");

    RunPlan plan = shell.plan("run", "s.py", "@args", "-j3", "@args", "--", "y");

    assertThat(plan.workers()).isEqualTo(2);
    assertThat(plan.input()).isEqualTo(arguments(false, List.of("a b", "@x", "-j3", "@args")));
    assertThat(plan.script().arguments()).containsExactly("y");
  }

  @Test
  void namesOfInputsAreReadFromFiles() throws IOException {
    Files.writeString(directory.resolve("list"), "b.csv\n\n*.txt\n");
    Files.writeString(directory.resolve("*.txt"), "");
    shell.stdin = "s.py\0a.txt\0";

    assertThat(shell.plan("run", "s.py", "a.txt", "--files-from", "list").input())
        .isEqualTo(files("a.txt", "b.csv", "*.txt"));
    RunPlan plan = shell.plan("run", "s.py", "-0", "--files-from", "-");
    assertThat(plan.input()).isEqualTo(files("s.py", "a.txt"));
    assertThat(plan.format()).isEqualTo(Format.LINES);
    assertThat(shell.plan("run", "s.py", "--files-from", "list").format()).isEqualTo(Format.CSV);
  }

  @Test
  void namesFromStandardInputMayEndInNul() {
    RunPlan plan = shell.plan("run", "-0", "--format", "files", "s.py");

    assertThat(plan.input()).isEqualTo(new Input.Stdin());
    assertThat(plan.format()).isEqualTo(Format.FILES);
    assertThat(plan.formatOptions().separator()).contains("\0");
    assertThat(shell.plan("run", "--format", "files", "s.py").formatOptions().separator())
        .isEmpty();
  }

  @Test
  void defaultsThatDoNotFitAreNotMeant() {
    shell.variables.put("PYPARALLEL", "--format jsonl --link");
    assertThat(shell.plan("run", "s.py", ":::", "a").format()).isEqualTo(Format.ARGS);

    shell.variables.put("PYPARALLEL", "--recsep ; --group-by a --delimiter ; --no-header");
    RunPlan plan = shell.plan("run", "s.py", "--range", "1..2");
    assertThat(plan.format()).isEqualTo(Format.RANGE);
    assertThat(plan.formatOptions().groupBy()).isEmpty();
  }

  @Test
  void longListsAreLeftToTheInput() throws IOException {
    Files.writeString(directory.resolve("list"), "a\n".repeat(WordFiles.MOST_WORDS + 1));

    assertThat(shell.type("run", "s.py", "-a", "list")).isEqualTo(2);
    assertThat(shell.stderr())
        .isEqualTo(
            "pyparallel: list is too large to be held in memory, at most 32M and 1048576 words:"
                + " make it an input instead (pyparallel run SCRIPT FILE)\n");

    Files.writeString(directory.resolve("list"), "a".repeat(WordFiles.MOST_BYTES));
    assertThat(shell.type("run", "s.py", "-a", "list", "-a", "a.txt", "::::", "s.py"))
        .isNotEqualTo(2);
    Files.writeString(directory.resolve("a.txt"), "b");
    assertThat(shell.type("run", "s.py", "-a", "list", "::::", "a.txt")).isEqualTo(2);
    assertThat(shell.stderr()).startsWith("pyparallel: a.txt is too large");
  }

  @Test
  void expressionsReadATerminalAsOtherFiltersDo() {
    shell.terminals.add(Environment.Stream.STDIN);

    assertThat(shell.plan("map", "x").input()).isEqualTo(new Input.Stdin());
    assertThat(shell.plan("run", "s.py").input()).isEqualTo(new Input.None());
  }

  private Input.Files files(String... names) {
    return new Input.Files(List.of(names).stream().map(directory::resolve).toList());
  }

  @SafeVarargs
  private static Input.Arguments arguments(boolean linked, List<String>... lists) {
    return new Input.Arguments(List.of(lists), linked);
  }
}
