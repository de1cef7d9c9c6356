package org.pyparallel.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// Which Python program a run uses, and how: in this process where it can be embedded, else in
/// processes of its own.
///
/// @param path the program, absolute; empty for the bundled one
/// @param runtime what runs it
/// @param remark why it is not embedded or not used, for those who want details; empty where there
///   is nothing to say
record PythonProgram(Optional<Path> path, RuntimeName runtime, String remark) {
  /// Names a program where no option does.
  static final String VARIABLE = "PYPARALLEL_PYTHON";

  /// Looks for the program that was named, and asks it what it is where that matters.
  ///
  /// @throws PyParallelException if there is none, or the runtime cannot use it
  static PythonProgram find(Environment environment, PythonChoice choice) {
    PythonChoice.@Nullable Program named = choice.program().orElse(null);
    String origin = "";
    if (named == null) {
      String value = environment.variable(VARIABLE);
      boolean wanted =
          choice.venv().isEmpty()
              && choice.sandbox().isEmpty()
              && choice.runtime() != RuntimeChoice.GRAALPY;
      if (value.isEmpty() || !wanted) {
        return bundled(choice.runtime().runtime(), "");
      }
      named = new PythonChoice.Program(value, true);
      origin = VARIABLE + ": ";
    }
    Path path = locate(environment, named.name(), origin);
    if (choice.runtime() == RuntimeChoice.PROCESS) {
      return new PythonProgram(Optional.of(path), RuntimeName.PROCESS, "");
    }
    try {
      Runtimes.get(RuntimeName.CPYTHON, environment.runtimes()).with(path).close();
      return new PythonProgram(Optional.of(path), RuntimeName.CPYTHON, "");
    } catch (PyParallelException e) {
      if (choice.runtime() == RuntimeChoice.AUTO) {
        return new PythonProgram(
            Optional.of(path),
            RuntimeName.PROCESS,
            "using a process per worker: " + origin + why(e));
      }
      if (named.yields()) {
        return bundled(RuntimeName.CPYTHON, "using the bundled Python: " + origin + why(e));
      }
      throw e;
    }
  }

  /// This runtime on the program, where it is the one to run it; else as it is.
  Runtime on(RuntimeName name, Runtime offered) {
    boolean fits = name == runtime || name == RuntimeName.PROCESS;
    return path.isPresent() && fits ? offered.with(path.get()) : offered;
  }

  /// Which Python it is, and how it is used, in words for the user.
  String label() {
    String how = runtime == RuntimeName.PROCESS ? ", in processes" : ", embedded";
    String name = path.isPresent() ? path.get() + how : "bundled";
    return remark.isEmpty() ? name : name + " (" + remark + ")";
  }

  private static PythonProgram bundled(RuntimeName runtime, String remark) {
    return new PythonProgram(Optional.empty(), runtime, remark);
  }

  /// Without the remedy, which is what was done.
  private static String why(PyParallelException e) {
    String message = String.valueOf(e.getMessage());
    int remedy = message.indexOf("; ");
    return remedy < 0 ? message : message.substring(0, remedy);
  }

  /// A name without a slash that is no file here is a command.
  private static Path locate(Environment environment, String name, String origin) {
    Path file = FileNames.path(environment, name);
    String problem = "no such file";
    if (name.indexOf('/') < 0 && !Files.isRegularFile(file)) {
      Path found = inSearchPath(environment, name);
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
    throw new PyParallelException.Usage(origin + "cannot use the Python " + name + ": " + problem);
  }

  private static @Nullable Path inSearchPath(Environment environment, String name) {
    for (String folder : environment.variable("PATH").split(File.pathSeparator)) {
      Path file = FileNames.path(environment, folder).resolve(name);
      if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
  }
}
