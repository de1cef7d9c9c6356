package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.OwnPython;

/// `--python` with a CPython 3.14 of the user's own, with others, and with what is none.
@EnabledOnOs(OS.LINUX)
class OwnPythonIT {
  /// Says which Python it is, and whether it is embedded.
  private static final String SCRIPT =
      """
      import os, sys, only_here
      def process(line):
          embedded = "python" not in os.path.basename(os.readlink("/proc/self/exe"))
          return f"{sys.prefix} {sys.executable} {only_here.where} {embedded}"
      """;

  @TempDir private static Path place;
  private static Path venv;
  private static Path own;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeAll
  static void copy() throws IOException {
    Path real = place.toRealPath();
    own = OwnPython.in(real.resolve("own"));
    venv = OwnPython.venv(own, real.resolve("ve nv")).getParent().getParent();
  }

  @BeforeEach
  void script() throws IOException {
    pyparallel.write("s.py", SCRIPT);
    pyparallel.write("in.txt", "x\n");
  }

  private static Path program() {
    return venv.resolve("bin/python");
  }

  private static String expected(boolean embedded) {
    return "%s %s in the environment %s\n".formatted(venv, program(), embedded ? "True" : "False");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpython", "process"})
  void isTheOneThatRuns(String runtime) throws IOException {
    pyparallel
        .run("run", "--runtime", runtime, "--python", program().toString(), "s.py", "in.txt")
        .isClean()
        .prints(expected(!runtime.equals("process")));
  }

  @Test
  void mayBeNamedInTheEnvironment() throws IOException {
    pyparallel.variables.put("PYPARALLEL_PYTHON", program().toString());
    pyparallel.run("run", "s.py", "in.txt").isClean().prints(expected(true));
    pyparallel.run("map", "__import__('sys').prefix", "in.txt").isClean().prints(venv + "\n");
    pyparallel
        .run("python", "-c", "import os, sys; print(os.path.realpath(sys.prefix))")
        .isClean()
        .prints(Launcher.HOME.resolve("python") + "\n");
  }

  @Test
  void isUsedByTheShell() throws IOException {
    byte[] typed = "import sys, only_here\nprint(sys.prefix)\n".getBytes(StandardCharsets.UTF_8);
    pyparallel
        .run(typed, Launcher.command("repl", "--python", program().toString()))
        .isClean()
        .prints(venv + "\n");
  }

  @Test
  void worksThroughAScriptThatStartsIt() throws IOException {
    Path shim = script("shim", "exec " + own + " \"$@\"");
    pyparallel
        .run("map", "--python", shim.toString(), "__import__('sys').executable", "in.txt")
        .isClean()
        .prints(own + "\n");
  }

  /// What refuses subinterpreters moves to processes of the same Python.
  @Test
  void isTheOneOfWorkerProcessesToo() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import sys
        def process(line):
            import curses, only_here
            return sys.prefix
        """);
    Outcome outcome =
        pyparallel
            .run("run", "--python", program().toString(), "s.py", "in.txt")
            .hasStatus(0)
            .prints(venv + "\n");
    assertThat(outcome.stderr()).contains("using a process per worker instead");
  }

  @Test
  void doctorKnowsIt() throws IOException {
    Outcome outcome = pyparallel.run("doctor", "--python", program().toString()).isClean();
    assertThat(outcome.text())
        .contains("python      " + program() + ", embedded\n")
        .contains("embedded, one lock per worker, in " + program() + "\n")
        .contains("  build     plain (no PGO, no LTO)\n");

    Outcome script = pyparallel.run("doctor", "--python", program().toString(), "s.py").isClean();
    assertThat(script.text())
        .contains("cpython     can run it\n")
        .contains("process     can run it\n")
        .contains("auto        runs it on cpython\n");
    assertThat(pyparallel.run("doctor", "s.py").hasStatus(1).text()).contains("only_here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3.9", "python3.10", "python3.11", "python3.12", "python3.13"})
  void runsInProcessesWhereItCannotBeEmbedded(String name) throws IOException {
    Outcome version = pyparallel.shell(name + " --version 2>/dev/null || :");
    Assumptions.assumeTrue(version.text().startsWith("Python 3."), "there is no " + name);
    String series = name.substring("python".length());
    pyparallel.write("s.py", "import sys\ndef process(x): return '%d.%d' % sys.version_info[:2]\n");

    Outcome outcome = pyparallel.run("run", "-v", "--python", name, "s.py", "in.txt").hasStatus(0);
    assertThat(outcome.text()).isEqualTo(series + "\n");
    assertThat(outcome.stderr())
        .contains("pyparallel: using a process per worker: cannot embed ")
        .contains("it is Python " + series + ".");
    pyparallel.run("run", "--python", name, "s.py", "in.txt").isClean();

    Outcome refused =
        pyparallel
            .run("run", "--runtime", "cpython", "--python", name, "s.py", "in.txt")
            .hasStatus(2);
    assertThat(refused.stderr())
        .startsWith("pyparallel: cannot embed ")
        .contains("and only 3.14 can be; say --runtime process")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpython", "process"})
  void saysWhatIsNoPython(String runtime) throws IOException {
    Path program = script("program", "echo garbage");
    for (Path wrong : new Path[] {program, pyparallel.file("none"), pyparallel.directory()}) {
      Outcome outcome =
          pyparallel
              .run("run", "--runtime", runtime, "--python", wrong.toString(), "s.py", "in.txt")
              .hasStatus(2)
              .prints("");
      assertThat(outcome.stderr()).startsWith("pyparallel: ").contains(wrong.toString());
      assertThat(outcome.stderr()).hasLineCount(1);
    }
  }

  private Path script(String name, String text) throws IOException {
    Path file = pyparallel.write(name, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
