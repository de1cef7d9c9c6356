package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.RunPlan;

/// What a record is, as the plan has it.
class FormatPlanTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    file("s.py");
    file("t.csv");
    file("t.jsonl");
    file("t.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "a.jsonl, JSONL",
    "a.NDJSON, JSONL",
    "a.json, JSON",
    "a.csv, CSV",
    "a.tsv, TSV",
    "a.tab, TSV",
    "a.txt, LINES",
    "csv, LINES",
    "a.csv.gz, CSV",
    "a.json.bz2, JSON",
    "a.jsonl.xz, JSONL",
    "a.Tsv.ZST, TSV",
    "a.csv.gz.gz, LINES",
    "a.gz, LINES",
    ".csv/a, LINES"
  })
  void theFirstInputsNameTellsTheFormat(String name, Format format) throws IOException {
    file(name);

    assertThat(shell.plan("run", "s.py", name, "t.jsonl").format()).isEqualTo(format);
    assertThat(shell.plan("run", "s.py", "--format", "bytes", name).format())
        .isEqualTo(Format.BYTES);
    assertThat(shell.plan("run", "s.py", "-0", name).format()).isEqualTo(Format.NULL);
  }

  @ParameterizedTest
  @CsvSource({"lines", "jsonl", "json", "csv", "tsv", "values", "text", "bytes", "files", "null"})
  void everyFormatCanBeAskedFor(String name) {
    RunPlan plan = shell.plan("run", "--format", name, "s.py", "t.txt");

    assertThat(plan.format().label()).isEqualTo(name);
    assertThat(plan.formatOptions()).isEqualTo(FormatOptions.of(plan.format()));
  }

  @Test
  void tablesHaveHeadersAndDelimiters() {
    assertThat(options("t.csv", "--no-header").header()).isFalse();
    assertThat(options("t.csv").header()).isTrue();
    assertThat(options("t.csv", "--delimiter", ";").delimiter()).isEqualTo(';');
    assertThat(options("t.csv", "--delimiter", "\\t").delimiter()).isEqualTo('\t');
    assertThat(options("t.csv", "--delimiter", "tab").delimiter()).isEqualTo('\t');
    assertThat(options("t.txt", "--format", "tsv").delimiter()).isEqualTo('\t');
  }

  @Test
  void recordsEndOrBeginAsTheUserSays() {
    RunPlan ends = shell.plan("run", "s.py", "t.jsonl", "--recsep", "\\n--\\x00é");
    assertThat(ends.format()).isEqualTo(Format.RECORDS);
    assertThat(ends.formatOptions().separator()).contains("\n--\0\u00c3\u00a9");
    assertThat(ends.formatOptions().start()).isEmpty();

    RunPlan begins = shell.plan("run", "s.py", "t.txt", "--recstart", "From ", "--format", "lines");
    assertThat(begins.format()).isEqualTo(Format.RECORDS);
    assertThat(begins.formatOptions().start()).contains("From ");
    assertThat(begins.formatOptions().separator()).isEmpty();
  }

  @Test
  void groupsAreByAFieldOfAnyName() {
    assertThat(options("t.csv", "--group-by", "größe").groupBy())
        .contains("gr\u00c3\u00b6\u00c3\u009fe");
    assertThat(options("t.jsonl", "--group-by", "id").groupBy()).contains("id");
    assertThat(options("t.csv", "--group-by", "2", "--no-header").groupBy()).contains("2");
    assertThat(options("t.txt", "--group-by", "2").delimiter()).isEqualTo(' ');
    assertThat(options("t.txt", "--group-by", "2", "--delimiter", ":").delimiter()).isEqualTo(':');
  }

  @Test
  void defaultsThatDoNotFitAreNotMeant() {
    shell.variables.put("PYPARALLEL", "--no-header --delimiter ; --group-by name");
    assertThat(options("t.txt")).isEqualTo(FormatOptions.of(Format.LINES));
    assertThat(options("t.csv").groupBy()).isEmpty();
    assertThat(options("t.csv").delimiter()).isEqualTo(';');
    assertThat(options("t.jsonl").groupBy()).contains("name");

    shell.variables.put("PYPARALLEL", "--format jsonl");
    assertThat(shell.plan("run", "s.py", "--recsep", ";").format()).isEqualTo(Format.RECORDS);

    shell.variables.put("PYPARALLEL", "--recsep ;");
    assertThat(shell.plan("run", "s.py", "--format", "csv").format()).isEqualTo(Format.CSV);
    assertThat(shell.plan("run", "s.py", "t.csv").format()).isEqualTo(Format.RECORDS);
  }

  private FormatOptions options(String input, String... words) {
    String[] line = new String[words.length + 3];
    line[0] = "run";
    line[1] = "s.py";
    line[2] = input;
    System.arraycopy(words, 0, line, 3, words.length);
    return shell.plan(line).formatOptions();
  }

  private void file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }
}
