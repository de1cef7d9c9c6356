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
            "doctor s.py now",
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
  void wrongInputs() throws IOException {
    Files.writeString(directory.resolve("names"), "input.txt\nno.txt\n");
    Files.writeString(directory.resolve("empty"), "\n");
    Files.writeString(directory.resolve("nul"), "a\nb\0c\n");
    Files.write(directory.resolve("latin"), new byte[] {'a', 0, (byte) 0xe9});
    Golden.check(
        "errors-inputs.txt",
        transcript(
            "run script.py --range 1-5",
            "run script.py --range 1..x",
            "run script.py --range=",
            "run script.py --range 1..5..0",
            "run script.py --range 5..1..2",
            "run script.py --range 0..1e19",
            "run script.py input.txt --range 1..5",
            "run script.py --range 1..5 ::: a",
            "run script.py --range 1..5 --format lines",
            "run script.py -0 --range 1..5",
            "run script.py input.txt ::: a",
            "run script.py input.txt :::: names",
            "run script.py input.txt -a names",
            "run script.py --files-from names -a names",
            "run script.py --files-from names ::: a",
            "run script.py --format files ::: a",
            "run script.py --recsep ; ::: a",
            "run script.py -0 ::: a",
            "run script.py ::: a :::+ b",
            "run script.py ::::+ b",
            "run script.py ::::",
            "run script.py :::: ::: a",
            "run ::: a",
            "run script.py --link",
            "run script.py --link input.txt",
            "run script.py -a missing",
            "run script.py -a folder",
            "run script.py -a= ",
            "run script.py -a - -a -",
            "run script.py -a nul",
            "run script.py -0 -a latin",
            "run script.py --files-from missing",
            "run script.py --files-from names",
            "run script.py -0 --files-from latin",
            "run script.py --files-from empty",
            "run script.py --files-from names -",
            "completion :::"));
  }

  @Test
  void wrongRecords() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "");
    Golden.check(
        "errors-records.txt",
        transcript(
            "run script.py --no-header",
            "run script.py --no-header --format jsonl",
            "run script.py --delimiter ;",
            "run script.py --delimiter ; --group-by 1 --format jsonl",
            "run script.py t.csv --delimiter ab",
            "run script.py t.csv --delimiter=",
            "run script.py t.csv --delimiter \"",
            "run script.py t.csv --delimiter é",
            "run script.py --recsep=",
            "run script.py --recsep a\\q",
            "run script.py --recsep \\x1",
            "run script.py --recstart=",
            "run script.py --recsep a --recstart b",
            "run script.py --recsep a --format jsonl",
            "run script.py --format csv --recstart b",
            "run script.py -0 --recsep a",
            "run script.py --group-by=",
            "run script.py --share words",
            "run script.py --share words=",
            "run script.py --share =input.txt",
            "run script.py --share 1x=input.txt",
            "run script.py --share class=input.txt",
            "run script.py --share a-b=input.txt",
            "run script.py --share w=input.txt --share w=t.csv",
            "run script.py --share w=missing",
            "run script.py --share w=folder"));
  }

  @Test
  void wrongResults() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "");
    Golden.check(
        "errors-results.txt",
        transcript(
            "run script.py --reduce=",
            "run script.py --reduce a-b",
            "run script.py --reduce top",
            "run script.py --reduce top:x",
            "run script.py --reduce collect-by",
            "map x --reduce longest",
            "run script.py --reduce sum --sort",
            "run script.py --unique --reduce sum",
            "run script.py --reduce sum --tag",
            "run script.py --tag --sort=size",
            "run script.py --tag --unique",
            "run script.py --tag --json",
            "run script.py --tag --output-format csv",
            "run script.py --sort --line-buffer",
            "run script.py --group --line-buffer",
            "run script.py -k --line-buffer",
            "run script.py --unordered --line-buffer",
            "run script.py --line-buffer --json",
            "run script.py --line-buffer --output-format tsv",
            "filter x t.csv --tag",
            "filter x t.csv --line-buffer",
            "run script.py --output-format xml",
            "run script.py --rejects=",
            "run script.py --rejects -",
            "run script.py --rejects out -o out",
            "run script.py --sort= --unque"));
  }

  @Test
  void wrongSafeguards() throws IOException {
    Files.writeString(directory.resolve("t.csv"), "");
    Golden.check(
        "errors-safeguards.txt",
        transcript(
            "run script.py --timeout 0",
            "run script.py --timeout 10min",
            "run script.py --timeout=",
            "run script.py --timeout 100%",
            "run script.py --timeout 1.5%",
            "run script.py --time-limit 200%",
            "run script.py --time-limit 1y",
            "run script.py --setup-timeout -1",
            "run script.py --memory-limit 32M",
            "run script.py --memory-limit 50%",
            "run script.py --worker-lifespan 0",
            "run script.py --retries -1",
            "run script.py --retries 1001",
            "run script.py --on-error line",
            "run script.py --halt 1",
            "run script.py --halt now",
            "run script.py --halt now,fail",
            "run script.py --halt later,fail=1",
            "run script.py --halt now,error=1",
            "run script.py --halt now,fail=0",
            "run script.py --halt soon,done=101%",
            "run script.py --halt soon,done=%",
            "run script.py --bisect --call f",
            "run script.py --bisect t.csv",
            "run script.py --bisect --range 1..5",
            "map x --bisect",
            "run script.py --journal=",
            "run script.py --journal -",
            "run script.py --journal input.txt",
            "run script.py --resume",
            "run script.py --resume-failed",
            "run script.py --resume --joblog log",
            "run script.py --joblog -",
            "run script.py --joblog out -o out",
            "run script.py --journal out -o out",
            "run script.py --rejects out --joblog out",
            "run script.py --rejects out --journal out",
            "run script.py --journal out --joblog out"));
  }

  @Test
  void safeguardsOfNoInput() {
    shell.terminals.add(Environment.Stream.STDIN);
    Golden.check(
        "errors-safeguards-terminal.txt",
        transcript("run script.py --journal j", "run script.py --bisect"));
  }

  @Test
  void wrongPythons() throws IOException {
    shell.variables.put("PATH", directory.toString());
    Files.createDirectories(directory.resolve("v312"));
    Files.writeString(directory.resolve("v312/pyvenv.cfg"), "version = 3.12.1\n");
    Files.createDirectories(directory.resolve("v27"));
    Files.writeString(directory.resolve("v27/pyvenv.cfg"), "version = 2.7\n");
    Files.createDirectories(directory.resolve("silent"));
    Files.writeString(directory.resolve("silent/pyvenv.cfg"), "");
    Golden.check(
        "errors-python.txt",
        transcript(
            "run script.py --python=",
            "run script.py --python python3.9",
            "run script.py --python no/python",
            "run script.py --python folder",
            "run script.py --python input.txt",
            "run script.py --python input.txt --runtime cpython",
            "run script.py --python input.txt --runtime graalpy",
            "run script.py --python input.txt --venv v312",
            "run script.py --venv=",
            "run script.py --venv no",
            "run script.py --venv input.txt",
            "run script.py --venv folder",
            "run script.py --venv v312",
            "run script.py --venv v312 --runtime cpython",
            "run script.py --venv v312 --runtime process",
            "run script.py --venv v27 --runtime graalpy",
            "run script.py --venv silent --runtime cpython",
            "run script.py --python-path folder:",
            "run script.py --python-path folder:no",
            "run script.py --python-path input.txt",
            "run script.py --seed -1",
            "run script.py --seed 9223372036854775808",
            "run script.py --sandbox --runtime cpython",
            "run script.py --sandbox --runtime process",
            "run script.py --sandbox --python input.txt",
            "run script.py --allow-read folder",
            "run script.py --allow-write folder",
            "run script.py --allow-net",
            "run script.py --allow-env",
            "run script.py --max-statements 5",
            "run script.py --sandbox --allow-read no",
            "run script.py --sandbox --allow-read=",
            "run script.py --sandbox --max-statements 0"));
  }

  @Test
  void wrongExpressions() {
    Golden.check(
        "errors-expressions.txt",
        transcript(
            "map",
            "filter --unique",
            "reduce",
            "map -x",
            "map --x",
            "map x --call f",
            "run script.py --explain",
            "reduce a --reduce sum",
            "reduce a --sort",
            "map x missing.txt",
            "mop x",
            "map x --explain"));
  }

  @Test
  void wrongDefaultsNameTheVariable() {
    shell.variables.put("PYPARALLEL", "--frmat jsonl");
    String transcript = transcript("run script.py");
    for (String value :
        List.of(
            "-j 0",
            "input.txt",
            "--help",
            "-k -- x",
            "--call 'f",
            "-k --unordered",
            "::: x",
            "--range 1..2",
            "-a input.txt",
            "--files-from input.txt",
            "--explain",
            "--sort --reduce sum",
            "--journal j",
            "--resume",
            "--joblog log",
            "--runtime process --sandbox")) {
      shell.variables.put("PYPARALLEL", value);
      transcript += transcript("run script.py");
    }

    transcript += transcript("map x");
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
