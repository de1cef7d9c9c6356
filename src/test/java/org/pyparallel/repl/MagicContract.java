package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RuntimeName;

/// What magics do with real interpreters, the same on every runtime. Three of them for all tests,
/// whose namespaces are emptied in between.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MagicContract {
  @TempDir Path folder;

  private final RuntimeName runtime;
  Playground playground;

  MagicContract(RuntimeName runtime) {
    this.runtime = runtime;
  }

  /// A runtime of the installation under test.
  abstract Runtime onOffer(RuntimeName name, Path installation);

  @BeforeAll
  void open() {
    Path installation = Path.of(System.getProperty("pyparallel.home"));
    playground = new Playground(name -> onOffer(name, installation), runtime, 3);
  }

  @AfterAll
  void close() {
    playground.close();
  }

  @BeforeEach
  void empty() {
    playground.magic("%wait");
    playground.seats().select(playground.seats().all().getFirst());
    // Not %interp reset, which collects garbage: that takes some runtimes seconds.
    playground.magic("%all for _n in [n for n in globals() if n[:2] != '__']: del globals()[_n]");
    playground.magic("%all del _n");
  }

  String magic(String line) {
    return playground.magic(line);
  }

  String type(String code) throws Exception {
    return playground.type(code);
  }

  @Test
  void allRunsInAllAtOnce() {
    assertThat(playground.sorted("%all import pyparallel; pyparallel.worker, pyparallel.workers"))
        .containsExactly("[1] (0, 3)", "[2] (1, 3)", "[3] (2, 3)");
  }

  @Test
  void allTakesABlock() {
    assertThat(playground.sorted("%%all\nfor i in range(2):\n    print(i)\n\ni + 10"))
        .containsExactly(
            "[1] 0", "[1] 1", "[1] 11", "[2] 0", "[2] 1", "[2] 11", "[3] 0", "[3] 1", "[3] 11");
  }

  @Test
  void whatFailsInSomeIsShownOfThese() throws Exception {
    playground.type(1, "x = 0");
    playground.type(2, "x = 2");
    playground.type(3, "x = 'three'");

    String shown = magic("%all 6 // x");

    assertThat(shown).contains("[2] 3\n", "[1] ZeroDivisionError: ", "[3] TypeError: ");
    assertThat(shown).contains("[1] Traceback (most recent call last):");
    assertThat(shown).doesNotContain("_console.py");
  }

  @Test
  void onRunsInSome() {
    assertThat(playground.sorted("%on 1,3 'x'")).containsExactly("[1] 'x'", "[3] 'x'");
    assertThat(playground.sorted("%on 2-3 'x'")).containsExactly("[2] 'x'", "[3] 'x'");
    assertThat(playground.sorted("%on all 'x'")).hasSize(3);
  }

  @Test
  void pushCopiesValuesFunctionsClassesAndModules() throws Exception {
    type("import math");
    type("def double(x):\n    return 2 * x\n");
    type("class Point:\n    def __init__(self, x):\n        self.x = x\n");
    type("data = {'a': [1, 2]}\np = Point(4)");

    assertThat(magic("%push math, double,Point data p")).isEmpty();

    assertThat(magic("%on 3 math.floor(2.5), double(4), Point(5).x, data, p.x"))
        .isEqualTo("[3] (2, 8, 5, {'a': [1, 2]}, 4)\n");
  }

  @Test
  void pushGoesToSomeOnly() throws Exception {
    type("x = 5");

    assertThat(magic("%push x to 3")).isEmpty();

    assertThat(magic("%on 3 x")).isEqualTo("[3] 5\n");
    assertThat(magic("%on 2 x")).contains("NameError");
  }

  @Test
  void whatCannotBePushedIsSaidInOneLine() throws Exception {
    type("import threading; lock = threading.Lock()");

    assertThat(magic("%push nothing")).isEqualTo("[1] there is no nothing here\n");
    assertThat(magic("%push lock").lines()).singleElement().asString().startsWith("[1] lock: ");
  }

  @Test
  void pullCopiesFromAnother() throws Exception {
    playground.type(2, "x = [1, 2]");

    assertThat(magic("%pull x from 2")).isEmpty();
    assertThat(type("x")).isEqualTo("[1, 2]\n");
    assertThat(magic("%pull y from 2")).isEqualTo("[2] there is no y here\n");
  }

  @Test
  void scatterCutsEvenlyAndGatherJoinsInOrder() throws Exception {
    type("data = list(range(10))");

    assertThat(magic("%scatter data")).isEqualTo("data is cut into 3, 3, 4\n");
    assertThat(playground.sorted("%all data"))
        .containsExactly("[1] [0, 1, 2]", "[2] [3, 4, 5]", "[3] [6, 7, 8, 9]");
    magic("%all data = [x * x for x in data]");
    assertThat(magic("%gather data")).isEqualTo("data has 10 items in 1\n");
    assertThat(type("data")).isEqualTo("[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]\n");
  }

  @Test
  void othersThanListsAreCutAndJoinedToo() throws Exception {
    type("t, s, b, r = (1, 2, 3), 'abcd', b'xyz', range(4)");
    for (String name : List.of("t", "s", "b", "r")) {
      magic("%scatter " + name);
      magic("%gather " + name);
    }

    assertThat(type("t, s, b, r")).isEqualTo("((1, 2, 3), 'abcd', b'xyz', [0, 1, 2, 3])\n");
  }

  @Test
  void whatIsNoSequenceIsNotCut() throws Exception {
    type("d = {1: 2}; s = {1}");

    assertThat(magic("%scatter d"))
        .isEqualTo("[1] d is a dict: only a list or another sequence can be cut\n");
    assertThat(magic("%scatter s")).contains("s is a set");
    assertThat(magic("%scatter nothing")).isEqualTo("[1] there is no nothing here\n");
    assertThat(magic("%gather d")).isEqualTo("[2] there is no d here\n");
  }

  @Test
  void mapKeepsTheOrderAndLeavesTheResultsInUnderscore() throws Exception {
    type("def square(x):\n    return x * x\n");

    assertThat(magic("%map square range(12)"))
        .isEqualTo("[0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121]\n");
    assertThat(type("sum(_)")).isEqualTo("506\n");
    assertThat(playground.screen().statuses()).anyMatch(line -> line.startsWith("%map ["));
  }

  @Test
  void mapBringsAlongWhatTheFunctionNeeds() throws Exception {
    type("import math\nbase = 100");
    type("def inner(x):\n    return math.floor(x) + base\n");
    type("def outer(x):\n    return inner(x + 0.5)\n");

    assertThat(magic("%map outer range(7)")).isEqualTo("[100, 101, 102, 103, 104, 105, 106]\n");
  }

  @Test
  void mapTakesExpressions() {
    assertThat(magic("%map (lambda x: -x) [1, 2, 3]")).isEqualTo("[-1, -2, -3]\n");
    assertThat(magic("%map lambda x: x * 2 range(3)")).isEqualTo("[0, 2, 4]\n");
    assertThat(magic("%map str.upper 'abc'")).isEqualTo("['A', 'B', 'C']\n");
    assertThat(magic("%map len []")).isEqualTo("[]\n");
    assertThat(magic("%map len")).contains("is no function and iterable");
  }

  @Test
  void mapShowsOnlyHowManyWhereThereAreMany() throws Exception {
    assertThat(magic("%map abs range(1000)")).isEqualTo("1000 results in _\n");
    assertThat(type("_[999]")).isEqualTo("999\n");
  }

  @Test
  void mapStopsAtTheFirstError() throws Exception {
    type("def check(x):\n    return 1 // (x - 5)\n");

    assertThat(magic("%map check range(20)"))
        .contains("ZeroDivisionError", "in check")
        .doesNotContain("_magic_map.py");
    assertThat(magic("%map nothing [1]")).contains("NameError");
    assertThat(magic("%map abs nothing")).contains("NameError: name 'nothing' is not defined");
  }

  @Test
  void runLeavesTheNamesOfAScript() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("my script.py"),
            "import sys\nx = len(sys.argv)\n"
                + "def f(a):\n    return a + x\n"
                + "print(__name__, __file__ is not None)\n");

    assertThat(magic("%run '" + script + "'")).isEqualTo("__main__ True\n");
    assertThat(type("f(10)")).isEqualTo("11\n");
    assertThat(magic("%push f,x to 2")).isEmpty();
    assertThat(magic("%on 2 f(1)")).isEqualTo("[2] 2\n");
  }

  @Test
  void runWithAnInputCallsProcessWithEveryLine() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("upper.py"),
            "def setup():\n    global seen\n    seen = []\n"
                + "def process(line):\n    seen.append(line)\n"
                + "    return None if line == 'b' else {'up': line.upper()}\n"
                + "if __name__ == '__main__':\n    print('not here')\n");
    Path input = Files.writeString(folder.resolve("in.txt"), "a\r\nb\nc");

    assertThat(magic("%run " + script + " " + input)).isEqualTo("{\"up\":\"A\"}\n{\"up\":\"C\"}\n");
    assertThat(type("seen, __name__")).isEqualTo("(['a', 'b', 'c'], '__main__')\n");
  }

  @Test
  void runTellsWhatIsWrong() throws Exception {
    Path fails = Files.writeString(folder.resolve("fails.py"), "def f():\n    1 / 0\nf()\n");
    Path exits = Files.writeString(folder.resolve("exits.py"), "import sys\nsys.exit(3)\n");
    Path wrong = Files.writeString(folder.resolve("wrong.py"), "def f(:\n");
    Path none = Files.writeString(folder.resolve("none.py"), "x = 1\n");

    assertThat(magic("%run " + fails))
        .contains("fails.py\", line 2, in f", "ZeroDivisionError")
        .doesNotContain("_magic_run.py");
    assertThat(magic("%run " + exits)).isEqualTo(exits + " ended with exit status 3\n");
    assertThat(magic("%run " + wrong)).contains("wrong.py\", line 1", "SyntaxError");
    assertThat(magic("%run missing.py")).isEqualTo("missing.py: No such file or directory\n");
    assertThat(magic("%run " + none + " missing.txt")).contains("defines neither process(record)");
  }

  @Test
  void loadShowsAndRunsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("load.py"), "x = 20\nx + 1\n");

    assertThat(magic("%load " + file)).isEqualTo("x = 20\nx + 1\n21\n");
    assertThat(type("x")).isEqualTo("20\n");
    assertThat(magic("%load missing.py")).isEqualTo("[1] missing.py: No such file or directory\n");
  }

  @Test
  void saveWritesWhatWasTyped() throws Exception {
    Path file = folder.resolve("saved.py");
    type("saved = 'ä'");
    type("1 / 0");

    assertThat(magic("%save " + file)).endsWith(" lines in " + file + "\n");
    assertThat(Files.readString(file)).endsWith("saved = 'ä'\n").doesNotContain("1 / 0");
    assertThat(magic("%save " + file)).contains("exists: %save -f replaces it");
    type("more = 1");
    assertThat(magic("%save -f " + file)).doesNotContain("exists");
    assertThat(Files.readString(file)).endsWith("more = 1\n");
  }

  @Test
  void diffTellsWhoDisagrees() throws Exception {
    type("x = {'a': 1, 'b': 2}");
    playground.type(2, "x = {'b': 2, 'a': 1}");
    assertThat(magic("%diff x").lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "[1] dict {'a': 1, 'b': 2}", "[2] same dict {'a': 1, 'b': 2}", "[3] not defined");

    playground.type(3, "x = [1]");
    assertThat(magic("%diff x")).contains("[3]  differs  list  [1]");
    magic("%push x");
    assertThat(magic("%diff x")).isEqualTo("x is the same in 3: dict  {'a': 1, 'b': 2}\n");
    assertThat(magic("%diff nothing")).isEqualTo("[1] there is no nothing here\n");
  }

  @Test
  void diffComparesFunctionsByTheirSource() throws Exception {
    type("def f(x):\n    return x\n");
    magic("%push f to 2");
    playground.type(3, "def f(x):\n    return -x\n");

    String shown = magic("%diff f");

    assertThat(shown.lines().toList().get(1)).contains("same");
    assertThat(shown.lines().toList().get(2)).contains("differs");
  }

  @Test
  void timeTellsCpuAndWallTime() {
    assertThat(magic("%time sum(range(1000))"))
        .matches("499500\nCPU [0-9.]+ .?s, wall [0-9.]+ .?s\n");
    assertThat(magic("%time 1 / 0")).contains("wall", "ZeroDivisionError");
  }

  @Test
  void timeitRepeats() throws Exception {
    type("n = 3");
    assertThat(magic("%timeit -n 5 -r 2 n * n"))
        .matches("best .* .?s, mean .* ± .*s, 2 x 5 loops\n");
    assertThat(magic("%timeit -n 5 -r 2 1 / 0"))
        .contains("ZeroDivisionError")
        .doesNotContain("_magic_time.py");
  }

  @Test
  void timeitComparesAll() throws Exception {
    playground.type(1, "n = 3");
    playground.type(2, "n = 3");

    assertThat(magic("%timeit -a -n 5 -r 2 n * n"))
        .contains("[1] ", "[2] ", "fastest", "2 x 5 loops")
        .contains("[3] " + runtime.label() + ": NameError: name 'n' is not defined\n");
  }

  @Test
  void whoListsNames() throws Exception {
    assertThat(magic("%who 2")).isEqualTo("nothing is defined in interpreter 2\n");
    type("x = 5; name = 'a'");
    assertThat(magic("%who").lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("name str 'a'", "x int 5");
  }

  @Test
  void cdMovesAll() throws Exception {
    String before = magic("%cd").strip();
    Path below = Files.createDirectories(folder.resolve("below"));

    assertThat(magic("%cd '" + below + "'")).isEqualTo(below + "\n");
    assertThat(playground.sorted("%all import os; os.path.samefile('.', '" + below + "')"))
        .containsExactly("[1] True", "[2] True", "[3] True");
    assertThat(magic("%cd missing")).isEqualTo("[1] there is no folder missing\n");
    assertThat(magic("%cd ..")).isEqualTo(folder + "\n");
    magic("%cd '" + before + "'");
  }

  @Test
  void envIsSetInAll() throws Exception {
    assertThat(magic("%env MAGIC_TEST=a b")).isEmpty();

    assertThat(magic("%env MAGIC_TEST")).isEqualTo("MAGIC_TEST  a b\n");
    assertThat(playground.sorted("%all import os; os.environ['MAGIC_TEST']"))
        .containsExactly("[1] 'a b'", "[2] 'a b'", "[3] 'a b'");
    assertThat(magic("%env")).contains("MAGIC_TEST");
    assertThat(magic("%env MAGIC_NONE"))
        .isEqualTo("[1] there is no variable MAGIC_NONE in the environment\n");
  }

  @Test
  void jobsRunInTheBackground() throws Exception {
    assertThat(magic("%bg on 2,3 x = 40; x + 2")).startsWith("job ");
    magic("%wait");
    assertThat(playground.sorted("%on 2-3 x")).containsExactly("[2] 40", "[3] 40");

    // Its end may be shown before anybody waits for it.
    assertThat(magic("%bg on 2 1 / 0") + magic("%wait"))
        .contains("[2] ZeroDivisionError", " failed, ");
    assertThat(magic("%jobs").lines().toList().getLast()).contains("failed", "1 / 0");
  }

  @Test
  void interpretersComeAndGo() throws Exception {
    assertThat(magic("%interp new")).startsWith("[").contains(runtime.label(), "started in");
    int id = playground.seats().all().getLast().id();
    magic("%interp switch " + id);
    assertThat(type("import pyparallel; pyparallel.worker")).isEqualTo((id - 1) + "\n");
    assertThat(magic("%interp")).contains("> ").contains("\n>  " + id);

    magic("%interp close " + id);

    assertThat(playground.seats().current().id()).isEqualTo(1);
    assertThat(playground.seats().all()).hasSize(3);
  }

  @Test
  void resetEmptiesTheNamespace() throws Exception {
    type("x = 5");
    assertThat(magic("%interp reset")).isEmpty();
    assertThat(type("x")).contains("NameError");
  }

  @Test
  void oneThatIsStuckIsKilledAndTheOthersLiveOn() throws Exception {
    magic("%interp new");
    int id = playground.seats().all().getLast().id();
    magic("%bg on " + id + " while True: pass");

    magic("%interp kill " + id);
    magic("%wait");

    assertThat(magic("%interp").lines()).anyMatch(line -> line.matches(" +" + id + " .* dead .*"));
    assertThat(playground.sorted("%all 1")).containsExactly("[1] 1", "[2] 1", "[3] 1");
    magic("%interp close " + id);
  }

  @Test
  void anInterruptEndsTheCodeInAllAndKeepsTheirState() throws Exception {
    type("x = 1");
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int id = 1; id <= 3; id++) {
                  playground.screen().awaitPrinted("[" + id + "] on");
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              playground.magics().interrupt();
            });

    assertThat(playground.sorted("%all y = 2; print('on')\nwhile True: pass"))
        .contains("[1] KeyboardInterrupt", "[2] KeyboardInterrupt", "[3] KeyboardInterrupt");
    assertThat(type("x, y")).isEqualTo("(1, 2)\n");
  }
}
