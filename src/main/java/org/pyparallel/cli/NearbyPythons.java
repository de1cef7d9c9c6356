package org.pyparallel.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;

/// Looks for a CPython 3.14 on this machine that runs the same code faster: on PATH, and where uv
/// and pyenv put theirs.
final class NearbyPythons {
  private static final String NAME = "python3.14";

  /// Each is started once; nobody has more, and `doctor` is waited for.
  private static final int MOST = 6;

  private final Environment environment;
  private final List<Path> programs = new ArrayList<>();
  private final Set<Path> known = new HashSet<>();

  private NearbyPythons(Environment environment) {
    this.environment = environment;
  }

  /// The programs to ask, at most six.
  static List<Path> programs(Environment environment) {
    NearbyPythons nearby = new NearbyPythons(environment);
    nearby.search();
    return List.copyOf(nearby.programs);
  }

  /// The fastest that can be embedded, where that is faster than the one in use.
  ///
  /// @param runtime embeds Pythons; it stays as it is
  static Optional<PythonBuild> fasterThan(
      PythonBuild used, Runtime runtime, Environment environment) {
    Optional<PythonBuild> best = Optional.empty();
    for (Path program : programs(environment)) {
      Optional<PythonBuild> build = build(program, runtime);
      if (build.isPresent() && build.get().isFasterThan(best.orElse(used))) {
        best = build;
      }
    }
    return best;
  }

  /// Empty for one that cannot be embedded, which is of no use here.
  private static Optional<PythonBuild> build(Path program, Runtime runtime) {
    try (Runtime other = runtime.with(program)) {
      return other.build();
    } catch (PyParallelException _) {
      return Optional.empty();
    }
  }

  private void search() {
    for (String folder : environment.variable("PATH").split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        add(path(folder));
      }
    }
    String home = environment.variable("HOME");
    String data = variable("XDG_DATA_HOME", home.isEmpty() ? "" : home + "/.local/share");
    addBelow(
        variable("UV_PYTHON_INSTALL_DIR", data.isEmpty() ? "" : data + "/uv/python"),
        "cpython-3.14");
    String pyenv = variable("PYENV_ROOT", home.isEmpty() ? "" : home + "/.pyenv");
    addBelow(pyenv.isEmpty() ? "" : pyenv + "/versions", "3.14");
  }

  private String variable(String name, String otherwise) {
    String value = environment.variable(name);
    return value.isEmpty() ? otherwise : value;
  }

  private @Nullable Path path(String name) {
    try {
      return environment.resolve(name).toAbsolutePath();
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /// Adds those in the folders below one whose names begin so.
  private void addBelow(String name, String prefix) {
    @Nullable Path folder = name.isEmpty() ? null : path(name);
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path entry : entries) {
        found.add(entry.resolve("bin"));
      }
    } catch (IOException _) {
      return; // a folder that cannot be read offers nothing
    }
    found.sort(null);
    for (Path bin : found.reversed()) {
      add(bin);
    }
  }

  private void add(@Nullable Path folder) {
    if (folder == null || programs.size() == MOST) {
      return;
    }
    Path program = folder.resolve(NAME);
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      return;
    }
    try {
      if (known.add(program.toRealPath())) {
        programs.add(program);
      }
    } catch (IOException _) {
      return; // gone meanwhile
    }
  }
}
