package org.pyparallel.interpreter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.PythonOptions;

/// Which program worker processes run.
final class PythonTest {
  @TempDir Path folder;

  @Test
  void refusesAProgramThatCannotBeUsed() throws IOException {
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(folder.resolve("none"))))
        .withMessage(
            "--python %s: it does not exist: give the path of a Python 3.9 or later",
            folder.resolve("none"));
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(folder)))
        .withMessageContaining("is a folder: name the program itself, such as");
    Path text = Files.writeString(folder.resolve("text"), "");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(text)))
        .withMessageContaining("may not be executed");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(program("#!/bin/sh\necho hello\n"))))
        .withMessageContaining("is no Python: give the path of a Python 3.9 or later");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(program("#!/no/such/thing\n"))))
        .withMessageStartingWith("--python ");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(program("no program at all"))))
        .withMessageStartingWith("--python ");
  }

  @Test
  void refusesAPythonThatIsTooOld() throws IOException {
    String script = "#!/bin/sh\n[ \"$1\" != --version ] || echo Python 3.8.18\nexit 1\n";
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(executable(program(script))))
        .withMessageEndingWith("it is Python 3.8.18: give the path of a Python 3.9 or later");
    String broken =
        "#!/bin/sh\n[ \"$1\" != --version ] || echo Python 3.12.0\necho no library >&2\nexit 1\n";
    assertThatExceptionOfType(RuntimeFailed.class)
        .isThrownBy(() -> open(executable(program(broken))))
        .withMessageEndingWith("(Python 3.12.0) cannot run the driver: no library");
  }

  @Test
  void refusesAVirtualEnvironmentWhosePythonCannotBeUsed() throws IOException {
    Path python = Files.createDirectories(folder.resolve("venv/bin")).resolve("python");
    Files.writeString(python, "");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(options(Optional.empty(), Optional.of(folder.resolve("venv")))))
        .withMessage(
            "--venv %s: %s may not be executed: give the path of a Python 3.9 or later",
            folder.resolve("venv"), python);
  }

  @Test
  void saysThatTheBundledOneIsMissing() {
    assertThat(new ProcessRuntime(folder).availability())
        .isInstanceOfSatisfying(
            Availability.Missing.class,
            missing -> {
              assertThat(missing.reason()).contains("bundled Python", "does not exist");
              assertThat(missing.remedy()).contains("make", "--python");
            });
  }

  @Test
  void usesThePythonOfAVirtualEnvironment() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("venv").resolve("bin"));
    Path python = Workplace.HOME.resolve("python/bin/python3.14").toAbsolutePath();
    Files.createSymbolicLink(bin.resolve("python"), python);
    Files.writeString(bin.resolveSibling("pyvenv.cfg"), "home = " + python.getParent() + "\n");
    Path packages = Files.createDirectories(folder.resolve("venv/lib/python3.14/site-packages"));
    Files.writeString(packages.resolve("only_here.py"), "x = 'from the environment'\n");
    assertThat(
            output(
                options(Optional.empty(), Optional.of(folder.resolve("venv"))),
                """
                import only_here, sys
                def process(x):
                    return [only_here.x, sys.executable]
                """))
        .isEqualTo("[\"from the environment\",\"" + bin.resolve("python") + "\"]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3"})
  void runsOnOtherPythons(String name) throws IOException {
    Path program = OtherPythons.onPath(name);
    Assumptions.assumeTrue(program != null, "there is no " + name);
    assertThat(
            output(
                executable(program),
                """
                import json, os, sys
                def process(x):
                    import beside
                    return [x, sys.path[0] == os.path.dirname(__file__), sys.argv[1:],
                            sys.flags.utf8_mode, json.__file__.startswith(sys.base_prefix)]
                """))
        .isEqualTo("[\"ä\",true,[],1,true]\n");
  }

  private String output(PythonOptions options, String script) throws IOException {
    Files.writeString(folder.resolve("beside.py"), "");
    try (Interpreter interpreter = new Workplace(folder, script, options).open()) {
      Workplace.Kept output = new Workplace.Kept();
      interpreter.run(Workplace.shard("ä\n"), output);
      return output.text();
    }
  }

  private void open(PythonOptions options) {
    new Workplace(folder, "def process(x): pass\n", options).open().close();
  }

  private Path program(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("program"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private static PythonOptions executable(Path program) {
    return options(Optional.of(program), Optional.empty());
  }

  private static PythonOptions options(Optional<Path> executable, Optional<Path> venv) {
    return new PythonOptions(executable, venv, List.of(), OptionalLong.empty(), Optional.empty());
  }
}
