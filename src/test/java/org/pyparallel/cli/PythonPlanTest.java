package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Sandbox;

/// From the options about Python to the plan.
@DisabledOnOs(OS.WINDOWS)
class PythonPlanTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    Files.writeString(directory.resolve("s.py"), "");
    Files.writeString(directory.resolve("a.txt"), "");
    Files.createDirectories(directory.resolve("lib/a b"));
    program("pythons/python3.9");
    program("pythons/python3.14");
    shell.runtimes.put(
        RuntimeName.CPYTHON,
        () ->
            new FakeRuntime(
                RuntimeName.CPYTHON, new Availability.Available("CPython 3.14.3", "here", "")));
    venv("v314", "version = 3.14.3");
    venv("v312", "home = /usr/bin\nversion=3.12");
    venv("uv", "version_info = 3.14.0");
    venv("silent", "home = /usr/bin");
  }

  @Test
  void nothingIsAskedForByDefault() {
    RunPlan plan = plan("s.py", "a.txt");

    assertThat(plan.python()).isEqualTo(PythonOptions.NONE);
    assertThat(plan.runtime()).isEqualTo(RuntimeName.CPYTHON);
  }

  @Test
  void pythonIsRunInProcesses() {
    for (String runtime : List.of("auto", "process")) {
      RunPlan plan = plan("--runtime", runtime, "--python", "pythons/python3.9", "s.py", "a.txt");

      assertThat(plan.runtime()).isEqualTo(RuntimeName.PROCESS);
      assertThat(plan.python().executable()).contains(directory.resolve("pythons/python3.9"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auto, python3.14, CPYTHON",
    "cpython, python3.14, CPYTHON",
    "process, python3.14, PROCESS",
    "auto, python3.9, PROCESS",
    "process, python3.9, PROCESS"
  })
  void pythonIsEmbeddedWhereItCanBe(String runtime, String name, RuntimeName expected) {
    Path program = directory.resolve("pythons").resolve(name);
    RunPlan plan = plan("--runtime", runtime, "--python", "pythons/" + name, "s.py", "a.txt");

    assertThat(plan.runtime()).isEqualTo(expected);
    assertThat(plan.python().executable()).contains(program);

    shell.variables.put("PYPARALLEL_PYTHON", "pythons/" + name);
    assertThat(plan("--runtime", runtime, "s.py", "a.txt").runtime()).isEqualTo(expected);
    assertThat(plan("--runtime", runtime, "s.py", "a.txt").python().executable()).contains(program);
  }

  @Test
  void saysWhyPythonIsNotEmbedded() {
    RunPlanner planner =
        new RunPlanner(
            shell.environment(),
            shell.options("run", "--python", "pythons/python3.9", "s.py", "a.txt"));
    assertThat(planner.plan().runtime()).isEqualTo(RuntimeName.PROCESS);
    assertThat(planner.remark())
        .isEqualTo(
            "using a process per worker: cannot embed %s: it is old",
            directory.resolve("pythons/python3.9"));
  }

  @Test
  void theVariableGivesWayToEverything() {
    shell.variables.put("PYPARALLEL_PYTHON", "pythons/python3.14");
    assertThat(plan("--python", "pythons/python3.9", "s.py", "a.txt").python().executable())
        .contains(directory.resolve("pythons/python3.9"));
    for (String other : List.of("--venv=v314", "--runtime=graalpy", "--sandbox")) {
      assertThat(plan(other, "s.py", "a.txt").python().executable()).isEmpty();
    }

    shell.variables.put("PYPARALLEL_PYTHON", "pythons/python3.9");
    assertThat(plan("--runtime", "cpython", "s.py", "a.txt").python())
        .isEqualTo(PythonOptions.NONE);
    shell.variables.put("PYPARALLEL", "--venv v314");
    assertThat(plan("s.py", "a.txt").python().executable()).isEmpty();
  }

  @Test
  void pythonMayBeACommand() {
    shell.variables.put("PATH", "/nowhere::" + directory.resolve("pythons"));

    assertThat(plan("--python", "python3.9", "s.py", "a.txt").python().executable())
        .contains(directory.resolve("pythons/python3.9"));
  }

  @ParameterizedTest
  @CsvSource({
    "auto, v314, CPYTHON",
    "auto, uv, CPYTHON",
    "auto, v312, PROCESS",
    "auto, silent, PROCESS",
    "cpython, v314, CPYTHON",
    "process, v314, PROCESS",
    "process, v312, PROCESS",
    "graalpy, v314, GRAALPY",
    "graalpy, v312, GRAALPY"
  })
  void environmentsAreUsedByRuntimesThatCan(String runtime, String venv, RuntimeName expected) {
    RunPlan plan = plan("--runtime", runtime, "--venv", venv, "s.py", "a.txt");

    assertThat(plan.runtime()).isEqualTo(expected);
    assertThat(plan.python().venv()).contains(directory.resolve(venv));
  }

  @Test
  void pathsAreSeparatedByColonsAndRepeated() {
    assertThat(
            plan("--python-path", "lib:lib/a b", "--python-path=pythons", "s.py", "a.txt")
                .python()
                .path())
        .containsExactly(
            directory.resolve("lib"), directory.resolve("lib/a b"), directory.resolve("pythons"));
  }

  @ParameterizedTest
  @CsvSource({"0", "42", "9223372036854775807"})
  void seedsAreWholeNumbers(long seed) {
    assertThat(plan("--seed", Long.toString(seed), "s.py", "a.txt").python().seed()).hasValue(seed);
  }

  @Test
  void aSandboxIsOneOfGraalPy() {
    for (String runtime : List.of("auto", "graalpy")) {
      RunPlan plan = plan("--runtime", runtime, "--sandbox", "s.py", "a.txt");

      assertThat(plan.runtime()).isEqualTo(RuntimeName.GRAALPY);
      assertThat(plan.python().sandbox())
          .contains(new Sandbox(List.of(), List.of(), false, false, OptionalLong.empty()));
    }
  }

  @Test
  void aSandboxHasHoles() {
    RunPlan plan =
        plan(
            "--sandbox",
            "--allow-read",
            "lib",
            "--allow-read",
            "a.txt",
            "--allow-write",
            "new",
            "--allow-net",
            "--allow-env",
            "--max-statements",
            "1000000",
            "s.py",
            "a.txt");

    assertThat(plan.python().sandbox())
        .contains(
            new Sandbox(
                List.of(directory.resolve("lib"), directory.resolve("a.txt")),
                List.of(directory.resolve("new")),
                true,
                true,
                OptionalLong.of(1_000_000)));
  }

  @Test
  void defaultsGiveWayToWhatIsTyped() {
    shell.variables.put("PYPARALLEL", "--python pythons/python3.9");
    assertThat(plan("s.py", "a.txt").runtime()).isEqualTo(RuntimeName.PROCESS);
    assertThat(plan("--runtime", "cpython", "s.py", "a.txt").python())
        .isEqualTo(PythonOptions.NONE);
    assertThat(plan("--sandbox", "s.py", "a.txt").runtime()).isEqualTo(RuntimeName.GRAALPY);
    assertThat(plan("--venv", "v314", "s.py", "a.txt").python().executable()).isEmpty();

    shell.variables.put("PYPARALLEL", "--runtime cpython --allow-net --max-statements 5");
    assertThat(plan("--python", "pythons/python3.9", "s.py", "a.txt").runtime())
        .isEqualTo(RuntimeName.PROCESS);
    assertThat(plan("--venv", "v312", "s.py", "a.txt").runtime()).isEqualTo(RuntimeName.PROCESS);
    assertThat(plan("s.py", "a.txt").python().sandbox()).isEqualTo(Optional.empty());
    assertThat(plan("--sandbox", "s.py", "a.txt").python().sandbox())
        .contains(new Sandbox(List.of(), List.of(), true, false, OptionalLong.of(5)));
  }

  /// Whoever made it a default relies on it.
  @Test
  void aSandboxNeverGivesWay() {
    shell.variables.put("PYPARALLEL", "--sandbox");

    assertThat(shell.type("run", "--runtime", "cpython", "s.py", "a.txt")).isEqualTo(2);
    assertThat(shell.stderr()).contains("PYPARALLEL: --sandbox needs --runtime graalpy");
    assertThat(shell.type("run", "--python", "pythons/python3.9", "s.py", "a.txt")).isEqualTo(2);
    assertThat(shell.stderr()).contains("--sandbox and --python exclude each other");
  }

  private void venv(String name, String marker) throws IOException {
    program(name + "/bin/python");
    Files.writeString(directory.resolve(name).resolve("pyvenv.cfg"), marker + "\n");
  }

  private void program(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private RunPlan plan(String... words) {
    return shell.plan(Stream.concat(Stream.of("run"), Stream.of(words)).toArray(String[]::new));
  }
}
