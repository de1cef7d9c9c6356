package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The ways to write a script, and that the parallel result is the sequential one.
@EnabledOnOs(OS.LINUX)
class ScriptIT {
  private static final int LARGE = 5 << 20;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @Test
  void processIsCalledForEachRecord() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("in.txt", "a\nb\nc");

    pyparallel.run("run", "s.py", "in.txt").isClean().prints("A\nB\nC\n");
  }

  /// All interpreters but one found it empty, and what they were to do was lost without a word.
  @Test
  void aScriptThatIsAPipeIsRefused() throws IOException {
    pyparallel
        .shell("mkfifo p && pyparallel run p ::: a b")
        .hasStatus(2)
        .prints("")
        .showsNoJava()
        .says("the script p is no regular file, so it can be read only once: save it in one");
  }

  @ParameterizedTest
  @CsvSource({"t.csv,'a,b'", "t.tsv,a"})
  void aFilterReadsTheHeaderOfATableToo(String name, String header) throws IOException {
    pyparallel.write("s.py", "import sys\nsys.stdout.write(sys.stdin.read())\n");
    String table = header + "\n" + (header + "\n").repeat(1000);
    pyparallel.write(name, table);

    pyparallel.run("run", "-N", "100", "s.py", name).isClean().prints(table);
    pyparallel
        .run("run", "-N", "100", "s.py", name, name, "--numbered")
        .isClean()
        .prints(table + table);
  }

  @ParameterizedTest
  @CsvSource({"--range,1..3", ":::,a"})
  void aFilterIsGivenNoNumbersNorArguments(String option, String value) throws IOException {
    pyparallel.write("s.py", "import sys\nsys.stdout.write(sys.stdin.read())\n");

    pyparallel
        .run("run", "s.py", option, value)
        .hasStatus(2)
        .prints("")
        .says("s.py is a filter, which reads text: for --range or ::: it needs a function");
  }

  @Test
  void processShardIsCalledForEachShard() throws IOException {
    pyparallel.write("s.py", "def process_shard(records):\n    yield '+'.join(records)\n");
    pyparallel.write("in.txt", "a\nb\nc\n");

    pyparallel.run("run", "-N", "2", "s.py", "in.txt").isClean().prints("a+b\nc\n");
  }

  @Test
  void anyOtherScriptIsAFilter() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import sys

        if __name__ == "__main__":
            for line in sys.stdin:
                print(line.rstrip().upper())
        """);
    pyparallel.write("in.txt", "a\nb\nc");

    pyparallel.run("run", "s.py", "in.txt").isClean().prints("A\nB\nC\n");
  }

  @Test
  void callNamesAnotherFunction() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(record):
            return "process"

        def shout(record):
            return record + "!"
        """);
    pyparallel.write("in.txt", "a\nb\n");

    pyparallel.run("run", "--call", "shout", "s.py", "in.txt").isClean().prints("a!\nb!\n");
    pyparallel
        .run("run", "--call", "whisper", "s.py", "in.txt")
        .hasStatus(2)
        .prints("")
        .says("--call whisper", "process, shout");
  }

  @Test
  void modulesBesideTheScriptAreFound() throws IOException {
    pyparallel.write("tools/s.py", "import words\n\ndef process(r):\n    return words.say(r)\n");
    pyparallel.write("tools/words.py", "def say(word):\n    return f'<{word}>'\n");
    pyparallel.write("in.txt", "a\n");

    pyparallel.run("run", "tools/s.py", "in.txt").isClean().prints("<a>\n");
  }

  @Test
  void whatFollowsTheDashesIsTheScripts() throws IOException {
    pyparallel.write("s.py", "import sys\n\ndef process(r):\n    return sys.argv[1:]\n");
    pyparallel.write("in.txt", "a\n");

    pyparallel
        .run("run", "s.py", "in.txt", "--", "-j", "a b", "--help", "@x", "")
        .isClean()
        .prints("[\"-j\",\"a b\",\"--help\",\"@x\",\"\"]\n");
  }

  @Test
  void printInProcessGoesInPlace() throws IOException {
    pyparallel.write("s.py", "def process(r):\n    print('print', r)\n    return 'return ' + r\n");
    pyparallel.write("in.txt", "a\nb\n");

    pyparallel
        .run("run", "s.py", "in.txt")
        .isClean()
        .prints("print a\nreturn a\nprint b\nreturn b\n");
  }

  @Test
  void setupAndTeardownRunOnceInEachInterpreter() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import os

        def setup():
            open(f"setup-{os.urandom(8).hex()}", "x")

        def process(record):
            return record

        def teardown():
            open(f"teardown-{os.urandom(8).hex()}", "x")
        """);
    pyparallel.write("in.txt", "a\n".repeat(100));

    pyparallel.run("run", "-j", "1", "-N", "10", "s.py", "in.txt").isClean();

    assertThat(pyparallel.directory().toFile().list((_, name) -> name.startsWith("setup-")))
        .hasSize(1);
    assertThat(pyparallel.directory().toFile().list((_, name) -> name.startsWith("teardown-")))
        .hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "-j 1",
    "-j 2",
    "-j 5 --block 64K",
    "-j 2 --block 1000003",
    "-j 3 --block 4M",
    "-j 2 --shards 7",
    "-j 2 -N 12345",
  })
  void aFilterGivesTheSameBytesAsPythonAlone(String options) throws IOException {
    pyparallel.write(
        "filter.py",
        """
        import sys

        for line in sys.stdin:
            text = line.rstrip("\\n")
            print(len(text), text[::-1].upper())
        """);
    byte[] input = lines(LARGE);
    pyparallel.write("in.txt", input);

    Outcome parallel = pyparallel.run(("run filter.py in.txt " + options).split(" ")).isClean();

    Outcome alone = pyparallel.run(input, Launcher.python("-X", "utf8", "filter.py")).isClean();
    assertThat(parallel.stdout()).isEqualTo(alone.stdout());
  }

  @Test
  void aFilterGivesTheSameBytesFromAPipe() throws IOException {
    pyparallel.write(
        "filter.py", "import sys\nfor line in sys.stdin.buffer:\n    print(line.hex())\n");
    pyparallel.write("in.txt", lines(LARGE));

    pyparallel
        .shell(
            "cat in.txt | pyparallel run --block 300K filter.py > parallel"
                + " && '%s' filter.py < in.txt > alone && cmp parallel alone"
                    .formatted(Launcher.python().getFirst()))
        .isClean();
  }

  /// Lines of many lengths, empty and non-ASCII ones among them, the last one without an end.
  private static byte[] lines(int bytes) {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder(bytes);
    while (text.length() < bytes) {
      text.repeat("abcdefgh ".charAt(random.nextInt(9)), random.nextInt(60));
      if (random.nextInt(4) == 0) {
        text.append("é€😀");
      }
      text.append('\n');
    }
    return text.append("end").toString().getBytes(StandardCharsets.UTF_8);
  }
}
