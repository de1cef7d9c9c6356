package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.PythonOptions;

/// The program that worker processes run.
///
/// @param program its path, absolute
/// @param named the option and value by which the user chose it, empty for the bundled one
record Python(Path program, String named) {
  private static final String OLDEST = "Python 3.9 or later";
  private static final long ANSWER_SECONDS = 20;

  /// The one that the options name, else the virtual environment's, else the bundled one. An
  /// environment without a Python is the driver's to look into, as in other runtimes.
  static Python of(PythonOptions options, Path bundled) {
    if (options.executable().isPresent()) {
      Path program = options.executable().get();
      return new Python(program, "--python " + program);
    }
    if (options.venv().isPresent()) {
      Path folder = options.venv().get();
      Path program = folder.resolve("bin").resolve("python");
      if (Files.exists(program)) {
        return new Python(program, "--venv " + folder);
      }
    }
    return new Python(bundled, "");
  }

  boolean isBundled() {
    return named.isEmpty();
  }

  /// @throws PyParallelException if there is no such program
  void check() {
    if (Files.isDirectory(program)) {
      throw fault(
          "is a folder: name the program itself, such as " + program.resolve("bin/python3"));
    }
    if (!Files.exists(program)) {
      throw fault("does not exist: give the path of a " + OLDEST);
    }
    if (!Files.isExecutable(program)) {
      throw fault("may not be executed: give the path of a " + OLDEST);
    }
  }

  /// What to tell the user of a program that cannot be used.
  ///
  /// @param what follows its name
  PyParallelException fault(String what) {
    return isBundled()
        ? new RuntimeFailed("the bundled Python, " + program + ", " + what)
        : new Usage(
            named + ": " + (named.equals("--python " + program) ? "it " : program + " ") + what);
  }

  /// What to tell the user of a program that did not begin as a worker process does.
  ///
  /// @param said what it wrote to standard error
  PyParallelException misfit(String said) {
    String version = version();
    if (version.isEmpty()) {
      return fault("is no Python: give the path of a " + OLDEST);
    }
    String[] numbers = version.split("[^0-9]+", 3);
    if (numbers.length > 1) {
      int major = Integer.parseInt(numbers[0]);
      if (major < 3 || (major == 3 && Integer.parseInt(numbers[1]) < 9)) {
        return fault("is Python " + version + ": give the path of a " + OLDEST);
      }
    }
    String reason = said.strip();
    return new RuntimeFailed(
        program
            + " (Python "
            + version
            + ") cannot run the driver"
            + (reason.isEmpty() ? "" : ": " + reason.substring(reason.lastIndexOf('\n') + 1)));
  }

  /// Asks the program for its version, such as `3.14.3`; empty where it has no such thing.
  String version() {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      String text = new String(process.getInputStream().readNBytes(256), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      return text.startsWith("Python ") && end > 0
          ? text.substring("Python ".length(), end).strip()
          : "";
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
