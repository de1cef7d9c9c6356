package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real extension modules that do not support subinterpreters, NumPy above all, and real ones that
/// do.
@EnabledOnOs(OS.LINUX)
class RefusingExtensionIT {
  /// NumPy as the build has unpacked it, with what its linker looks for.
  private static final Path NUMPY = Path.of(System.getProperty("pyparallel.test.numpy"));

  private static final String NOTICE =
      "pyparallel: numpy (numpy._core._multiarray_umath) does not support subinterpreters: using a"
          + " process per worker instead (--runtime process)\n";

  private static final int RECORDS = 20_000;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void offerNumPy() throws IOException {
    pyparallel.variables.put("PYTHONPATH", NUMPY.resolve("python").toString());
    pyparallel.variables.put("LD_LIBRARY_PATH", NUMPY.resolve("lib").toString());
    pyparallel.write(
        "in.txt",
        IntStream.range(0, RECORDS)
            .mapToObj(i -> i % 100 + " " + i)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /// The same script, called by plain Python.
  private Outcome plain() throws IOException {
    return pyparallel
        .run(
            new byte[0],
            Launcher.python(
                "-c",
                """
                import s
                getattr(s, 'setup', lambda: None)()
                for line in open('in.txt'):
                    value = s.process(line.rstrip('\\n'))
                    if value is not None:
                        print(value)
                """))
        .isClean();
  }

  private Outcome moves(String script, String... options) throws IOException {
    pyparallel.write("s.py", script);
    Outcome outcome =
        pyparallel
            .shell("pyparallel run " + String.join(" ", options) + " s.py in.txt")
            .hasStatus(0)
            .prints(plain().text());
    assertThat(outcome.stderr()).isEqualTo(NOTICE);
    assertThat(pyparallel.survivors()).isEmpty();
    return outcome;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--runtime cpython -j 3 -N 100", "-j 1", "--block 4k"})
  void atTheTopLevel(String options) throws IOException {
    moves(
        """
        import numpy as np
        def process(line):
            a = np.array([int(word) for word in line.split()])
            return f"{a.sum()} {a.dtype}"
        """,
        options);
  }

  @Test
  void inSetup() throws IOException {
    moves(
        """
        def setup():
            global np
            import numpy as np
        def process(line):
            return str(np.array(line.split(), dtype=np.int64).max())
        """,
        "-j 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-j 2", "-j 2 -N 500", "-j 1"})
  void withTheFirstRecord(String options) throws IOException {
    moves(
        """
        def process(line):
            import numpy as np
            return str(np.array(line.split(), dtype=np.int64).max())
        """,
        options);
  }

  /// What was written of the shard before is dropped: it comes once.
  @Test
  void inTheMiddleOfTheFirstShard() throws IOException {
    moves(
        """
        def process(line):
            a, b = map(int, line.split())
            if b >= 7:
                import numpy as np
                return str(np.add(a, b))
            return str(a + b)
        """,
        "-j 2 -N 1000");
  }

  @Test
  void aFilter() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import sys
        print("begin")
        sys.stdout.flush()
        import numpy as np
        print(int(np.loadtxt(sys.stdin, dtype=np.int64).sum()))
        """);

    pyparallel
        .shell("pyparallel run -j 2 --block 1G s.py in.txt")
        .hasStatus(0)
        .prints("begin\n" + (RECORDS / 100 * 4950L + RECORDS * (RECORDS - 1L) / 2) + "\n")
        .says(NOTICE);
  }

  @Test
  void aReductionGoesOnElsewhere() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(line):
            return int(line.split()[1])
        def reduce(a, b):
            if a + b > 1_000_000:
                import numpy as np
                return int(np.add(a, b))
            return a + b
        """);

    pyparallel
        .shell("pyparallel run -j 2 -N 200 s.py in.txt")
        .hasStatus(0)
        .prints(RECORDS * (RECORDS - 1L) / 2 + "\n")
        .says(NOTICE);
  }

  @Test
  void aOneLiner() throws IOException {
    Outcome outcome =
        pyparallel
            .shell(
                "pyparallel map 'int(numpy.sum([int(w) for w in x.split()]))' in.txt | tail -n 1")
            .hasStatus(0)
            .prints(99 + RECORDS - 1 + "\n");
    assertThat(outcome.stderr()).isEqualTo(NOTICE);
  }

  /// The script knows what to do without: it stays where it is, and nobody says anything.
  @Test
  void theScriptsOwnWayOutWins() throws IOException {
    pyparallel.write(
        "s.py",
        """
        try:
            import numpy
        except ImportError:
            numpy = None
        def process(line):
            return "without" if numpy is None else "with"
        """);

    pyparallel.shell("pyparallel run s.py in.txt | sort -u").isClean().prints("without\n");
  }

  @Test
  void aRunWithoutInput() throws IOException {
    pyparallel.write(
        "s.py", "def process(x):\n    import numpy\n    return int(numpy.square(int(x)))\n");

    pyparallel.run("run", "s.py", ":::", "2", "3").hasStatus(0).prints("4\n9\n").says(NOTICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curses", "readline", "tracemalloc", "faulthandler"})
  void theStandardLibraryHasSomeToo(String module) throws IOException {
    pyparallel.write("s.py", "import " + module + "\ndef process(x): return x\n");

    Outcome outcome =
        pyparallel.run("run", "s.py", ":::", "a", "b", "c").hasStatus(0).prints("a\nb\nc\n");

    assertThat(outcome.stderr())
        .matches(
            "pyparallel: _?"
                + module
                + " does not support subinterpreters: using a process per"
                + " worker instead \\(--runtime process\\)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite3", "zlib", "ssl", "decimal", "lzma", "bz2", "ctypes", "socket"})
  void othersStayWhereTheyAre(String module) throws IOException {
    pyparallel.write(
        "s.py",
        "import os, "
            + module
            + "\ndef process(x):\n    return os.getpid() == int(os.environ['JVM']) or os.getppid()\n");

    pyparallel
        .shell("JVM=$$ exec pyparallel run -j 2 s.py ::: a b")
        .isClean()
        .prints("true\ntrue\n");
  }

  @Test
  void aProcessPerWorkerNeedsNoNotice() throws IOException {
    pyparallel.write("s.py", "import numpy\ndef process(x): return numpy.__name__ + x\n");

    pyparallel.run("run", "--runtime", "process", "s.py", ":::", "1").isClean().prints("numpy1\n");
  }

  @Test
  void doctorSaysSoBeforehand() throws IOException {
    pyparallel.write("s.py", "import numpy\nimport json\ndef process(x): return x\n");

    Outcome outcome = pyparallel.run("doctor", "s.py").isClean();

    assertThat(outcome.text())
        .contains("cpython     moves on to a process per worker\n")
        .contains("  refuses   numpy (numpy._core._multiarray_umath); s.py, line 1\n")
        .contains("process     can run it\n")
        .contains("auto        runs it on process\n");
  }

  @Test
  void doctorNamesWhatStandsInTheWay() throws IOException {
    pyparallel.write("crash.py", "import ctypes\nctypes.string_at(0)\n");
    pyparallel.write(
        "s.py",
        """
        import crash
        import no_such_module
        try:
            import curses
        except ImportError:
            pass
        """);

    Outcome outcome = pyparallel.run("doctor", "s.py").hasStatus(1).isQuiet();

    assertThat(outcome.text())
        .startsWith("script      s.py\nimports     3 modules, and 1 beside the script\n")
        .contains(
            "cpython     cannot run it\n"
                + "  missing   no_such_module; s.py, line 2\n"
                + "  refuses   curses (_curses); s.py, line 4; the script can do without\n"
                + "  crashes   crash: it crashes the process (SIGSEGV); s.py, line 1\n")
        .contains("auto        cannot run it\n  advice    install no_such_module into");
    assertThat(pyparallel.survivors()).isEmpty();
  }

  @Test
  void doctorSaysWhereAScriptIsBroken() throws IOException {
    pyparallel.write("s.py", "import os\nx = (\n");

    pyparallel
        .run("doctor", "s.py")
        .hasStatus(1)
        .isQuiet()
        .prints(
            "script      s.py\nerror       s.py, line 2, column 5: '(' was never closed\n\n"
                + "auto        cannot run it\n");
  }
}
