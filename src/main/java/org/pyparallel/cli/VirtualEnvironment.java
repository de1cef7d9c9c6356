package org.pyparallel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// A Python virtual environment on disk.
///
/// @param name as the user knows it
/// @param folder where it is; absolute
/// @param version of its Python, such as `3.14.3`; empty where it does not say
record VirtualEnvironment(String name, Path folder, String version) {
  /// The marker of a virtual environment, and what it is made of (PEP 405).
  private static final String MARKER = "pyvenv.cfg";

  /// Nobody's marker is longer.
  private static final int MOST_MARKER = 1 << 16;

  /// The bundled CPython, whose binary packages fit no other.
  private static final String BUNDLED = "3.14";

  /// @throws PyParallelException.Usage if there is none in that folder
  static VirtualEnvironment find(Environment environment, String name) {
    Path folder = FileNames.path(environment, name).toAbsolutePath();
    Path marker = folder.resolve(MARKER);
    if (!Files.isRegularFile(marker)) {
      String problem = "there is no such folder";
      if (Files.isDirectory(folder)) {
        problem = "it has no ".concat(MARKER);
      } else if (Files.exists(folder)) {
        problem = "it is no folder";
      }
      throw new PyParallelException.Usage(
          name + " is no virtual environment: " + problem + "; " + remedy(name));
    }
    try (InputStream content = Files.newInputStream(marker)) {
      String text = new String(content.readNBytes(MOST_MARKER), StandardCharsets.UTF_8);
      return new VirtualEnvironment(name, folder, version(text));
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot read " + name + "/" + MARKER + ": " + FileProblem.of(e));
    }
  }

  /// Whether its packages are for the Python that runs in this process.
  boolean fitsBundledPython() {
    return version.equals(BUNDLED) || version.startsWith(BUNDLED.concat("."));
  }

  /// Refuses what a runtime cannot use.
  ///
  /// @throws PyParallelException.Usage if it is that
  void check(RuntimeName runtime) {
    switch (runtime) {
      case CPYTHON -> {
        if (!fitsBundledPython()) {
          throw unfit("cpython is " + BUNDLED + ": add --runtime process, or " + remedy(name));
        }
      }
      case GRAALPY -> {
        if (!version.isEmpty() && !version.startsWith("3.")) {
          throw unfit("graalpy needs one of Python 3; " + remedy(name));
        }
      }
      case PROCESS -> {
        Path python = folder.resolve("bin").resolve("python");
        if (!Files.isExecutable(python)) {
          throw new PyParallelException.Usage(
              "the virtual environment "
                  + name
                  + " has no bin/python that may be run (was its Python removed?): make it anew");
        }
      }
    }
  }

  private PyParallelException.Usage unfit(String remedy) {
    String of =
        version.isEmpty() ? "does not say of which Python it is" : "is of Python " + version;
    return new PyParallelException.Usage(
        "the virtual environment " + name + " " + of + ", and " + remedy);
  }

  private static String remedy(String name) {
    return "make one with \"pyparallel python -m venv " + ShellQuote.of(name) + "\"";
  }

  /// The value of `version` as venv writes it, or of `version_info`, as others do.
  private static String version(String marker) {
    for (String line : marker.split("\n")) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String key = line.substring(0, equals).strip();
      if (key.equals("version") || key.equals("version_info")) {
        return line.substring(equals + 1).strip();
      }
    }
    return "";
  }
}
