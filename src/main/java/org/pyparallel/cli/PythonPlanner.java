package org.pyparallel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Sandbox;

/// Holds a [PythonChoice] against the world: looks for the Python, the environment and the folders,
/// and decides which runtime `auto` means.
final class PythonPlanner {
  private final Environment environment;
  private final PythonChoice choice;
  private final PythonProgram program;
  private final @Nullable VirtualEnvironment venv;

  /// @throws PyParallelException.Usage if the virtual environment is missing or none, or the Python
  ///   program is missing or unfit
  PythonPlanner(Environment environment, PythonChoice choice) {
    this.environment = environment;
    this.choice = choice;
    program = PythonProgram.find(environment, choice);
    venv =
        choice.venv().isEmpty() ? null : VirtualEnvironment.find(environment, choice.venv().get());
  }

  /// The runtime that runs the script.
  ///
  /// @throws PyParallelException.Usage if it cannot use the virtual environment
  RuntimeName runtime() {
    RuntimeName runtime = program.runtime();
    if (venv == null) {
      return runtime;
    }
    if (choice.runtime() == RuntimeChoice.AUTO && !venv.fitsBundledPython()) {
      runtime = RuntimeName.PROCESS;
    }
    venv.check(runtime);
    return runtime;
  }

  /// The Python program, and what became of it.
  PythonProgram program() {
    return program;
  }

  /// @throws PyParallelException.Usage if something is missing or unfit
  PythonOptions options() {
    if (isEmpty()) {
      return PythonOptions.NONE;
    }
    return new PythonOptions(
        program.path(),
        venv == null ? Optional.empty() : Optional.of(venv.folder()),
        path(),
        choice.seed(),
        sandbox());
  }

  private boolean isEmpty() {
    return program.path().isEmpty()
        && venv == null
        && choice.path().isEmpty()
        && choice.seed().isEmpty()
        && choice.sandbox().isEmpty();
  }

  private List<Path> path() {
    List<Path> folders = new ArrayList<>();
    for (String name : choice.path()) {
      Path folder = FileNames.path(environment, name);
      if (!Files.isDirectory(folder)) {
        throw new PyParallelException.Usage(
            "cannot import from "
                + name
                + " ("
                + PythonFlags.PYTHON_PATH.longName()
                + "): "
                + (Files.exists(folder) ? "not a folder" : "no such folder"));
      }
      folders.add(folder.toAbsolutePath());
    }
    return folders;
  }

  private Optional<Sandbox> sandbox() {
    if (choice.sandbox().isEmpty()) {
      return Optional.empty();
    }
    PythonChoice.SandboxChoice box = choice.sandbox().get();
    List<Path> readable = paths(box.readable());
    for (int i = 0; i < readable.size(); i++) {
      if (!Files.exists(readable.get(i))) {
        throw new PyParallelException.Usage(
            "cannot let the script read "
                + box.readable().get(i)
                + " ("
                + PythonFlags.ALLOW_READ.longName()
                + "): no such file or folder");
      }
    }
    return Optional.of(
        new Sandbox(
            readable, paths(box.writable()), box.network(), box.environment(), box.statements()));
  }

  private List<Path> paths(List<String> names) {
    List<Path> paths = new ArrayList<>();
    for (String name : names) {
      paths.add(FileNames.path(environment, name).toAbsolutePath());
    }
    return paths;
  }
}
