package org.pyparallel.cli;

import java.io.File;
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
  private final @Nullable VirtualEnvironment venv;

  /// @throws PyParallelException.Usage if the virtual environment is missing or none
  PythonPlanner(Environment environment, PythonChoice choice) {
    this.environment = environment;
    this.choice = choice;
    venv =
        choice.venv().isEmpty() ? null : VirtualEnvironment.find(environment, choice.venv().get());
  }

  /// The runtime that runs the script.
  ///
  /// @throws PyParallelException.Usage if it cannot use the virtual environment
  RuntimeName runtime() {
    RuntimeName runtime = choice.runtime().runtime();
    if (venv == null) {
      return runtime;
    }
    if (choice.runtime() == RuntimeChoice.AUTO && !venv.fitsBundledPython()) {
      runtime = RuntimeName.PROCESS;
    }
    venv.check(runtime);
    return runtime;
  }

  /// @throws PyParallelException.Usage if something is missing or unfit
  PythonOptions options() {
    if (isEmpty()) {
      return PythonOptions.NONE;
    }
    return new PythonOptions(
        choice.executable().isEmpty()
            ? Optional.empty()
            : Optional.of(executable(choice.executable().get())),
        venv == null ? Optional.empty() : Optional.of(venv.folder()),
        path(),
        choice.seed(),
        sandbox());
  }

  private boolean isEmpty() {
    return choice.executable().isEmpty()
        && venv == null
        && choice.path().isEmpty()
        && choice.seed().isEmpty()
        && choice.sandbox().isEmpty();
  }

  /// A name without a slash that is no file here is a command.
  private Path executable(String name) {
    Path file = FileNames.path(environment, name);
    String problem = "no such file";
    if (name.indexOf('/') < 0 && !Files.isRegularFile(file)) {
      Path found = inSearchPath(name);
      if (found != null) {
        return found;
      }
      problem = "no such file here, nor such a command in PATH";
    }
    if (Files.isDirectory(file)) {
      problem = "it is a folder; name the program in it, such as " + name + "/bin/python3";
    } else if (Files.isExecutable(file)) {
      return file.toAbsolutePath();
    } else if (Files.exists(file)) {
      problem = "it is not a program that may be run";
    }
    throw new PyParallelException.Usage("cannot use the Python " + name + ": " + problem);
  }

  private @Nullable Path inSearchPath(String name) {
    for (String folder : environment.variable("PATH").split(File.pathSeparator)) {
      Path file = FileNames.path(environment, folder).resolve(name);
      if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
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
