package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of results after the workers: reduced, sorted, made unique, tagged, in real
/// pipelines.
class MergeIT {
  private static final String NUMBERS =
      IntStream.rangeClosed(1, 2_000).mapToObj(n -> n + "\n").collect(Collectors.joining());

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int(x)         | sum       | 2001000
          int(x)         | count     | 2000
          x              | max       | 2000
          (-int(x))      | min       | -2000
          int(x)         | mean      | 1000.5
          int(x) % 3     | uniq      | [1,2,0]
          int(x)         | top:3     | [2000,1999,1998]
          len(x)         | histogram | {"4":1001,"3":900,"2":90,"1":9}
          {"n": 1, "m": {x[0]: 1}} if int(x) < 4 else None | merge-dict | {"n":3,"m":{"1":1,"2":1,"3":1}}
          {"k": x[-1], "v": int(x)} if int(x) % 500 == 0 else None | collect-by:k | {"0":[{"k":"0","v":500},{"k":"0","v":1000},{"k":"0","v":1500},{"k":"0","v":2000}]}
          """)
  void aBuiltInReductionIsTheSameForAnyNumberOfWorkers(
      String expression, String function, String expected) throws IOException {
    pyparallel.write("in.txt", NUMBERS);

    for (String workers : List.of("1", "2", "5")) {
      pyparallel
          .run("map", expression, "--reduce", function, "-j", workers, "in.txt")
          .isClean()
          .prints(expected + "\n");
    }
  }

  @Test
  void floatsAddUpToTheSameBitsForAnyNumberOfWorkers() throws IOException {
    Random random = new Random(7);
    String numbers =
        random.doubles(50_000, -1e9, 1e9).mapToObj(n -> n + "\n").collect(Collectors.joining());
    pyparallel.write("in.txt", numbers);

    String one = pyparallel.run("map", "float(x)", "--reduce", "sum", "-j1", "in.txt").text();
    String four = pyparallel.run("map", "float(x)", "--reduce", "sum", "-j4", "in.txt").text();

    assertThat(four).isEqualTo(one).isNotEmpty();
  }

  @Test
  void floatsAddUpToTheSameBitsHoweverTheyAreCut() throws IOException {
    pyparallel.write("in.txt", "0.1\n".repeat(10_000));

    for (String block : List.of("1K", "10K", "1M")) {
      pyparallel
          .run("map", "float(x)", "--reduce", "sum", "--block", block, "in.txt")
          .isClean()
          .prints("1000.0\n");
    }
  }

  @Test
  void filteredItemsKeepTheirNul() throws IOException {
    pyparallel.write("in.txt", "a\0b\nb\0\0c c\0");

    pyparallel.run("filter", "-0", "len(x) > 1", "in.txt").isClean().prints("b\nb\0c c\0");
  }

  @Test
  void theScriptsOwnReduceSeesEarlierResultsOnTheLeft() throws IOException {
    pyparallel.write("in.txt", NUMBERS);
    pyparallel.write(
        "join.py",
        "def process(line):\n    return line\n\n\ndef reduce(a, b):\n    return a + ',' + b\n");

    pyparallel
        .run("run", "join.py", "-j3", "in.txt")
        .isClean()
        .prints(NUMBERS.strip().replace('\n', ',') + "\n");
  }

  @Test
  void sortsAsSortDoes() throws IOException {
    pyparallel.write("in.txt", lines(20_000));

    pyparallel
        .shell(
            "LC_ALL=C sort in.txt > expected && pyparallel map x --sort in.txt | cmp - expected"
                + " && LC_ALL=C sort -u in.txt > expected"
                + " && pyparallel map x --sort --unique in.txt | cmp - expected"
                + " && LC_ALL=C sort -r in.txt > expected"
                + " && pyparallel map x --sort=- in.txt | cmp - expected")
        .isClean();
  }

  @Test
  void uniqueKeepsTheFirstOfEach() throws IOException {
    pyparallel.write("in.txt", lines(20_000));

    pyparallel
        .shell(
            "awk '!seen[$0]++' in.txt > expected"
                + " && pyparallel map x --unique -j3 --block 1K in.txt | cmp - expected")
        .isClean();
  }

  @Test
  void oneLinersWorkTogetherInAPipeline() throws IOException {
    pyparallel
        .shell("seq 1000 | pyparallel map 'int(x)**2' | pyparallel reduce 'a+b'")
        .isClean()
        .prints("333833500\n");
    pyparallel
        .shell(
            "seq 100000 | pyparallel filter 'int(x) % 7 == 0' | sort -n | pyparallel map"
                + " '{\"n\": int(x)}' | pyparallel filter 'x[\"n\"] > 99990' --format jsonl")
        .isClean()
        .prints("{\"n\":99995}\n");
  }

  @Test
  void aReaderThatLeavesEndsASortQuietly() throws IOException {
    pyparallel.write("in.txt", lines(50_000));

    List<Running> pipeline =
        pyparallel.pipeline(
            List.of(Launcher.command("map", "x", "--sort", "in.txt"), List.of("head", "-n", "1")));

    pipeline.get(1).await(Duration.ofSeconds(10)).isClean();
    pipeline.get(0).await(Duration.ofSeconds(10)).isClean();
  }

  @Test
  void tagsLinesWithWhatTheyComeFrom() throws IOException {
    pyparallel.write("a.txt", "1\n2\n");
    pyparallel.write("b.txt", "3\n");

    pyparallel
        .run("map", "int(x) * 2", "--tag", "a.txt", "b.txt")
        .isClean()
        .prints("a.txt\t2\na.txt\t4\nb.txt\t6\n");
    pyparallel
        .run("map", "'-'.join(x)", "--tag", ":::", "a", "b", ":::", "1", "2")
        .isClean()
        .prints("a 1\ta-1\na 2\ta-2\nb 1\tb-1\nb 2\tb-2\n");
  }

  @Test
  void writesTablesUnderOneHeader() throws IOException {
    pyparallel.write("in.txt", NUMBERS);

    String table =
        pyparallel
            .run(
                "map",
                "{'n': int(x), 'half': int(x) / 2, 'word': 'a, b' if x == '2' else None}",
                "--output-format",
                "csv",
                "-j3",
                "--block",
                "100",
                "in.txt")
            .isClean()
            .text();

    assertThat(table).startsWith("n,half,word\n1,0.5,\n2,1.0,\"a, b\"\n3,1.5,\n");
    assertThat(table.lines()).hasSize(2_001);
  }

  private static String lines(int count) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(Integer.toHexString(random.nextInt(count))).append(" ü").append(i % 3);
      text.append('\n');
    }
    return text.toString();
  }
}
