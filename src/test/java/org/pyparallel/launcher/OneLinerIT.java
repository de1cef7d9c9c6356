package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expressions on the command line, alone and in pipes.
@EnabledOnOs(OS.LINUX)
class OneLinerIT {
  @RegisterExtension final Launcher pyparallel = new Launcher();

  @Test
  void aMapPrintsAValueForEachLine() throws IOException {
    pyparallel.shell("seq 4 | pyparallel map 'int(x)**2'").isClean().prints("1\n4\n9\n16\n");
  }

  @Test
  void manyShardsStayInOrder() throws IOException {
    String expected =
        IntStream.rangeClosed(1, 50_000)
            .mapToObj(number -> number * 2L + "\n")
            .collect(Collectors.joining());

    pyparallel
        .shell("seq 50000 | pyparallel map 'int(x) * 2' --block 10k -j 4")
        .isClean()
        .prints(expected);
  }

  @Test
  void aFilterPrintsTheLinesItLetsThrough() throws IOException {
    pyparallel.write("in.txt", "one\ntwo\r\nthree");

    pyparallel.run("filter", "re.search(r'\\bt', x)", "in.txt").isClean().prints("two\nthree\n");
  }

  @Test
  void filtersAndMapsAreJoinedByPipes() throws IOException {
    pyparallel
        .shell("seq 9 | pyparallel filter 'int(x) % 2' | pyparallel map 'x * 2'")
        .isClean()
        .prints("11\n33\n55\n77\n99\n");
  }

  @Test
  void aReductionMakesAllOne() throws IOException {
    pyparallel
        .shell("seq 10 | pyparallel map 'int(x)**2' | pyparallel reduce 'a + b'")
        .isClean()
        .prints("385\n");
    pyparallel
        .shell("seq 20000 | pyparallel reduce 'max(a, b)' --block 5k -j 4")
        .isClean()
        .prints("20000\n");
  }

  @Test
  void jsonLinesPassAFilterAsTheyAre() throws IOException {
    pyparallel.write("in.jsonl", "{\"a\":  1}\n{\"a\":2.0,  \"b\":null}\n");

    pyparallel
        .run("filter", "x['a'] > 1", "in.jsonl")
        .isClean()
        .prints("{\"a\":2.0,  \"b\":null}\n");
  }

  @Test
  void filteredTablesStayTables() throws IOException {
    pyparallel.write("in.csv", "name,size\n\"a, b\",1\nc,20\n\"d, e\",30\n");

    pyparallel
        .run("filter", "int(x['size']) > 10", "in.csv")
        .isClean()
        .prints("name,size\nc,20\n\"d, e\",30\n");
  }

  @Test
  void recordsHaveNumbersAcrossShards() throws IOException {
    pyparallel
        .shell("seq 101 5100 | pyparallel map 'int(x) - i' --block 1k -j 3 | sort -u")
        .isClean()
        .prints("101\n");
    pyparallel
        .shell("seq 3 | pyparallel map 'f\"{i} {line}\"'")
        .isClean()
        .prints("0 1\n1 2\n2 3\n");
  }

  @Test
  void wordsAndNumbersAreRecordsToo() throws IOException {
    pyparallel.run("map", "x.upper()", ":::", "a", "-b").isClean().prints("A\n-B\n");
    pyparallel
        .run("map", "'-'.join(x)", ":::", "a", "b", ":::", "1", "2")
        .isClean()
        .prints("a-1\na-2\nb-1\nb-2\n");
    pyparallel.run("map", "x * x", "--range", "1..10..4").isClean().prints("1\n25\n81\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "map|math.floor(float(x)) + len(os.path.basename(x))|lines",
        "map|[y for y in x if y > '1'] # digits|lines",
        "filter|x != '2'|lines",
        "filter|int(x) % 2 and decimal.Decimal(x) > 1|lines",
        "map|f'{i}: {line}'|lines",
        "filter|x > 2|values",
        "reduce|a + b|values"
      })
  void theScriptThatIsPrintedGivesTheSame(String command, String expression, String format)
      throws IOException {
    byte[] input = "1\n2\n3\n4\n".getBytes(StandardCharsets.UTF_8);
    Outcome direct =
        pyparallel.run(input, command, expression, "--format", format, "-N", "2").isClean();
    String script =
        pyparallel.run(command, "--explain", expression, "--format", format).isClean().text();
    pyparallel.write("script.py", script);

    assertThat(script).contains("def process(x):\n").contains(expression);
    Outcome explained =
        pyparallel.run(input, "run", "script.py", "--format", format, "--numbered", "-N", "2");
    explained.isClean().prints(direct.text());
    assertThat(direct.text()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "map|i|lines|# pyparallel run --numbered",
        "map|x|lines|def process(x):",
        "filter|i and x|csv|# pyparallel run --output-format csv --numbered",
        "filter|x|tsv|# pyparallel run --output-format tsv",
        "reduce|a + b|values|# pyparallel run --format values"
      })
  void theScriptThatIsPrintedNamesWhatRunMustBeTold(
      String command, String expression, String format, String first) throws IOException {
    assertThat(
            pyparallel.run(command, "--explain", expression, "--format", format).isClean().text())
        .startsWith(first + "\n");
  }

  @Test
  void modulesOfTheWorkingDirectoryAreFound() throws IOException {
    pyparallel.write("mine.py", "def twice(text):\n    return text * 2\n");

    pyparallel.shell("echo a | pyparallel map 'mine.twice(x)'").isClean().prints("aa\n");
    assertThat(pyparallel.run("map", "--explain", "mine.twice(x)").isClean().text())
        .startsWith("import mine\n");
  }

  @Test
  void whatFollowsTwoHyphensIsInArgv() throws IOException {
    pyparallel
        .shell("echo a | pyparallel map 'x + sys.argv[1]' -- --year")
        .isClean()
        .prints("a--year\n");
  }

  @Test
  void whatIsNoExpressionIsShownBeforeAnyWork() throws IOException {
    for (String option : new String[] {"--quiet", "--explain"}) {
      pyparallel
          .shell("echo a | pyparallel map 'x +* 2' -o out.txt " + option)
          .hasStatus(2)
          .prints("")
          .showsNoJava()
          .says("pyparallel: invalid syntax\n  x +* 2\n     ^\n");
    }
    pyparallel
        .shell("echo a | pyparallel filter 'lenght(x)'")
        .hasStatus(2)
        .says("pyparallel: the name lenght is not known", "\n  lenght(x)\n  ^\n");
    pyparallel.holdsOnly();
  }

  @Test
  void aRecordThatFailsShowsTheExpression() throws IOException {
    pyparallel
        .shell("printf '1\\n0\\n2\\n' | pyparallel map '2 / int(x)' -N 3")
        .hasStatus(1)
        .prints("2.0\n1.0\n")
        .showsNoJava()
        .says("record 2", "ZeroDivisionError", "return 2 / int(x)");
  }

  @Test
  void headMayCloseThePipe() throws IOException {
    pyparallel
        .shell("seq 200000 | pyparallel map 'x * 20' | head -n 1")
        .isClean()
        .prints("1".repeat(20) + "\n");
    assertThat(pyparallel.survivors()).isEmpty();
  }
}
