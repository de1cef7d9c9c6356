package org.pyparallel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where records come from, and what a record is.
@EnabledOnOs(OS.LINUX)
class InputIT {
  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write("upper.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("repr.py", "def process(record):\n    return repr(record)\n");
    pyparallel.write("b.txt", "b1\nb2\n");
    pyparallel.write("a.txt", "a1\na2");
  }

  @Test
  void aPipeIsReadWhenNoInputIsNamed() throws IOException {
    pyparallel.shell("printf 'a\\nb' | pyparallel run upper.py").isClean().prints("A\nB\n");
  }

  @Test
  void aRedirectedFileIsReadWhenNoInputIsNamed() throws IOException {
    pyparallel.shell("pyparallel run upper.py < b.txt").isClean().prints("B1\nB2\n");
  }

  @Test
  void aDashStandsForStandardInput() throws IOException {
    pyparallel.shell("printf 'a\\nb' | pyparallel run upper.py -").isClean().prints("A\nB\n");
  }

  @Test
  void emptyInputGivesEmptyOutput() throws IOException {
    pyparallel.run("run", "upper.py").isClean().prints("");
    pyparallel.run("run", "upper.py", "/dev/null").isClean().prints("");
  }

  @Test
  void filesAreReadInTheOrderTyped() throws IOException {
    pyparallel
        .run("run", "upper.py", "b.txt", "a.txt", "b.txt")
        .isClean()
        .prints("B1\nB2\nA1\nA2\nB1\nB2\n");
  }

  @Test
  void aQuotedPatternIsExpandedInTheOrderOfNames() throws IOException {
    pyparallel.write("deep/er/c.txt", "c1\n");

    pyparallel.run("run", "upper.py", "*.txt").isClean().prints("A1\nA2\nB1\nB2\n");
    pyparallel.run("run", "upper.py", "deep/**/*.txt").isClean().prints("C1\n");
  }

  @Test
  void namedPipesAndProcessSubstitutionsAreInputs() throws IOException {
    pyparallel
        .shell("mkfifo p && { printf 'x\\n' > p & } && pyparallel run upper.py p; wait")
        .isClean()
        .prints("X\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "lines | a~{\"k\":1}~      | 'a';'{\"k\":1}'",
        "jsonl | [1,2]~{\"k\":1}~  | [1, 2];{'k': 1}",
        "text  | a~b~              | 'a\\nb\\n'",
        "bytes | a~b~              | b'a\\nb\\n'",
        "null  | a~b^c^            | 'a\\nb';'c'",
        "files | a.txt~b.txt~      | 'a.txt';'b.txt'",
      })
  void aRecordIsWhatTheFormatSays(String format, String input, String expected) throws IOException {
    byte[] stdin = input.replace('~', '\n').replace('^', '\0').getBytes(UTF_8);

    // One shard, so that the formats which hand over whole shards give one record.
    pyparallel
        .run(stdin, "run", "--format", format, "--block", "1M", "repr.py")
        .isClean()
        .prints(expected.replace(';', '\n') + "\n");
  }

  @Test
  void theFormatIsGuessedFromTheName() throws IOException {
    pyparallel.write("in.jsonl", "{\"k\": [null, true]}\n");

    pyparallel.run("run", "repr.py", "in.jsonl").isClean().prints("{'k': [None, True]}\n");
  }

  @Test
  void filesFormatHandsOverThePathsNamed() throws IOException {
    pyparallel
        .run("run", "--format", "files", "repr.py", "b.txt", "a.txt")
        .isClean()
        .prints("'b.txt'\n'a.txt'\n");
  }

  @Test
  void findPrint0AndFormatNullGoTogether() throws IOException {
    pyparallel
        .shell("find . -name '*.txt' -print0 | sort -z | pyparallel run -0 repr.py")
        .isClean()
        .prints("'./a.txt'\n'./b.txt'\n");
  }

  @Test
  void optionsComeFromAFileAndFromTheEnvironment() throws IOException {
    pyparallel.write("options", "--output-format 'jsonl'\n-j 1 upper.py\n");
    pyparallel.variables.put("PYPARALLEL", "--output-format json");

    pyparallel.run("run", "upper.py", "b.txt").isClean().prints("[\n\"B1\",\n\"B2\"\n]\n");
    pyparallel.run("run", "@options", "b.txt").isClean().prints("\"B1\"\n\"B2\"\n");
  }
}
