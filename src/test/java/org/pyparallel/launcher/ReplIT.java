package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `repl` with nobody in front of it, and on a terminal that can show lines only.
@EnabledOnOs(OS.LINUX)
class ReplIT {
  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void home() {
    pyparallel.variables.put("HOME", pyparallel.directory().toString());
    pyparallel.variables.put("XDG_STATE_HOME", null);
  }

  @Test
  void aPipeIsRunAsAScript() throws IOException {
    pyparallel.shell("echo 'print(1)' | pyparallel repl").isClean().prints("1\n");
  }

  @Test
  void valuesAreNotShownInAPipe() throws IOException {
    pyparallel.shell("printf '1 + 1\\nx = 2\\nx\\n' | pyparallel repl").isClean().prints("");
  }

  @Test
  void anExceptionEndsAPipeWithItsTraceback() throws IOException {
    Outcome outcome =
        pyparallel
            .shell("printf 'print(1)\\n\\n1 / 0\\nprint(2)\\n' | pyparallel repl")
            .hasStatus(1)
            .prints("1\n");

    assertThat(outcome.stderr())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "<stdin>", line 3, in <module>
                1 / 0
                ~~^~~
            ZeroDivisionError: division by zero
            """);
  }

  @Test
  void aShellForAFailureNeedsATerminal() throws IOException {
    pyparallel.write("fails.py", "def process(line):\n    return 1 / 0\n");
    pyparallel
        .shell("echo 1 | pyparallel run --repl-on-error fails.py")
        .hasStatus(2)
        .prints("")
        .says("--repl-on-error opens a shell, and standard input is no terminal: name the input");
    pyparallel
        .shell("echo 1 | pyparallel run --repl-on-error --sandbox fails.py")
        .hasStatus(2)
        .says("--repl-on-error opens a shell, for which there is no sandbox");
  }

  @Test
  void aSyntaxErrorRunsNothing() throws IOException {
    pyparallel
        .shell("printf 'print(1)\\nif\\n' | pyparallel repl")
        .hasStatus(1)
        .prints("")
        .says("SyntaxError", "line 2");
  }

  @Test
  void theStatusIsThatOfExit() throws IOException {
    pyparallel.shell("echo 'exit(7)' | pyparallel repl").hasStatus(7).isQuiet();
    pyparallel
        .shell("echo 'import sys; sys.exit(\"why\")' | pyparallel repl")
        .hasStatus(1)
        .says("why");
  }

  @Test
  void magicsWorkInAPipe() throws IOException {
    pyparallel
        .shell("printf 'x = 6\\n%%push x to 2\\n%%on 2 print(x * 7)\\n' | pyparallel repl -j 2")
        .isClean()
        .prints("[2] 42\n");
  }

  @Test
  void nothingTypedIsNothingDone() throws IOException {
    pyparallel.shell("pyparallel repl < /dev/null").isClean().prints("");
  }

  @Test
  void aScriptGoesFirst() throws IOException {
    pyparallel.write("lib.py", "value = 5\n");
    pyparallel.write("sub/s.py", "import helper\nx = helper.x\nprint(__name__)\n");
    pyparallel.write("sub/helper.py", "x = 3\n");

    pyparallel
        .shell("echo 'import lib; print(x + lib.value)' | pyparallel repl -i sub/s.py")
        .isClean()
        .prints("__main__\n8\n");
  }

  @Test
  void whoeverStopsReadingIsNotWrittenTo() throws IOException {
    pyparallel
        .shell("printf 'while True:\\n    print(1)\\n' | pyparallel repl | head -n 1")
        .isClean()
        .prints("1\n");
    assertThat(pyparallel.survivors()).isEmpty();
  }

  @Test
  void inputFindsTheEnd() throws IOException {
    pyparallel.shell("echo 'input()' | pyparallel repl").hasStatus(1).says("EOFError");
  }

  @Test
  void processesCanBeUsed() throws IOException {
    pyparallel
        .shell(
            "printf 'import os\\nprint(os.getpid() != os.getppid())\\n'"
                + " | pyparallel repl --runtime process")
        .isClean()
        .prints("True\n");
    assertThat(pyparallel.survivors()).isEmpty();
  }

  @Test
  void theBundledJavaHasGraalpyInEverySession() throws IOException {
    assumeThat(Launcher.HOME.resolve("lib/java")).as("a linked runtime").isDirectory();

    Outcome outcome = pyparallel.shell("echo '%interp new graalpy' | pyparallel repl").hasStatus(0);

    assertThat(outcome.stderr()).doesNotContain("the libraries of graalpy");
  }

  @Test
  void graalpyWithoutItsLibrariesSaysHowToBringThem() throws IOException {
    pyparallel.variables.put("PYPARALLEL_JAVA_HOME", System.getProperty("java.home"));

    Outcome outcome = pyparallel.shell("echo '%interp new graalpy' | pyparallel repl");

    assertThat(outcome.stderr())
        .isEqualTo(
            "the libraries of graalpy are not in this session: begin one with pyparallel repl"
                + " --runtime graalpy, in which %interp new cpython opens others beside it\n");
  }

  @Test
  void wrongOptionsAreSaidToBe() throws IOException {
    pyparallel.run("repl", "s.py").hasStatus(2).says("unexpected argument 's.py'");
    pyparallel.run("repl", "-i", "missing.py").hasStatus(2).says("no such script: missing.py");
    pyparallel.run("repl", "-j", "many").hasStatus(2).says("--workers many");
  }
}
