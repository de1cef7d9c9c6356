package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.ConsoleSession;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.OwnPython;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// The contract on the user's own CPython, embedded by way of a virtual environment. Not among the
/// other tests, in whose process there is the bundled one already.
final class OwnPythonContractIT extends InterpreterContract {
  private static final Path HOME = Path.of(System.getProperty("pyparallel.home"));

  @TempDir private static Path place;
  private static Path venv;
  private static Runtime runtime;

  @BeforeAll
  static void embed() throws IOException {
    // Loaded libraries are known by their real paths.
    Path real = place.toRealPath();
    venv = real.resolve("venv");
    Path program = OwnPython.venv(OwnPython.in(real.resolve("own")), venv);
    runtime = new CPythonRuntime(HOME).with(program);
  }

  @Override
  public Runtime runtime() {
    return runtime;
  }

  @Test
  void isThatVeryPython() {
    assertThat(runtime.availability())
        .isInstanceOfSatisfying(
            Availability.Available.class,
            available ->
                assertThat(available.detail()).endsWith(venv.resolve("bin/python").toString()));
    try (ConsoleSession console = ConsoleSession.open(runtime)) {
      console.run("import json, only_here, os, sys");
      assertThat(console.show("print(sys.prefix)")).isEqualTo(venv + "\n");
      assertThat(console.show("print(sys.executable)"))
          .isEqualTo(venv.resolve("bin/python") + "\n");
      assertThat(console.show("print(os.path.realpath(sys.base_prefix))"))
          .isEqualTo(venv.resolveSibling("own") + "\n");
      assertThat(console.show("print(os.path.realpath(json.__file__))"))
          .startsWith(venv.resolveSibling("own") + "/lib/python3.14/json/");
      assertThat(console.show("print(only_here.where)")).isEqualTo("in the environment\n");
    }
  }

  @Test
  void leavesNoRoomForAnother() throws IOException {
    assertThat(runtime.availability()).isInstanceOf(Availability.Available.class);
    assertThatExceptionOfType(RuntimeFailed.class)
        .isThrownBy(() -> ConsoleSession.open(new CPythonRuntime(HOME)).close())
        .withMessageStartingWith("this process already runs the CPython in " + venv);
    assertThat(Files.exists(venv)).isTrue();
  }
}
