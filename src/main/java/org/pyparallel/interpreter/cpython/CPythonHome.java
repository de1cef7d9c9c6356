package org.pyparallel.interpreter.cpython;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.job.PyParallelException.Usage;

/// A CPython 3.14 that can be embedded.
///
/// @param program what `sys.executable` is; its environment and standard library are what the
///   interpreter finds from there
/// @param library the shared library
/// @param version what the program says of itself, such as `3.14.3`; empty for the bundled one
record CPythonHome(Path program, Path library, String version) {
  private static final String[] LIBRARIES = {
    "lib/libpython3.14.so.1.0", "libpython3.14.so.1.0", "lib/libpython3.14.dylib",
    "libpython3.14.dylib", "python314.dll", "bin/python314.dll"
  };

  /// The one that lies in an installation of ours: looks for the shared library in its usual places
  /// below `folder`; where there is none, names the first place.
  static CPythonHome bundled(Path folder) {
    Path program = folder.resolve("bin/python3.14");
    for (String name : LIBRARIES) {
      Path library = folder.resolve(name);
      if (Files.isReadable(library)) {
        return new CPythonHome(program, library, "");
      }
    }
    return new CPythonHome(program, folder.resolve(LIBRARIES[0]), "");
  }

  /// The one that a program of the user's own belongs to.
  ///
  /// @param inquiry the file that programs are asked with
  /// @throws Usage if it cannot be embedded; says why
  static CPythonHome of(Path program, Path inquiry) {
    ProgramFacts facts = ProgramFacts.of(program, inquiry, false);
    facts.checkEmbeddable();
    return new CPythonHome(facts.executable(), facts.library(), facts.version());
  }

  /// Whether it came with pyparallel, and lies elsewhere than it was built for.
  boolean isBundled() {
    return version.isEmpty();
  }

  /// The bundled one's `sys.prefix`.
  Path folder() {
    return program.resolve("../..").normalize();
  }

  /// Where it is, in words for the user.
  Path place() {
    return isBundled() ? folder() : program;
  }

  boolean isPresent() {
    return Files.isReadable(library);
  }

  /// How it was compiled; starts the program.
  ///
  /// @throws Usage if the program cannot be asked
  PythonBuild build(Path inquiry) {
    return ProgramFacts.of(program, inquiry, true).build();
  }
}
