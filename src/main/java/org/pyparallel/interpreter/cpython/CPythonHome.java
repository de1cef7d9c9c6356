package org.pyparallel.interpreter.cpython;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where a CPython 3.14 lies.
///
/// @param folder its home (`sys.prefix`), with the standard library in `lib/python3.14`
/// @param library the shared library
record CPythonHome(Path folder, Path library) {
  private static final String[] LIBRARIES = {
    "lib/libpython3.14.so.1.0", "libpython3.14.so.1.0", "lib/libpython3.14.dylib",
    "libpython3.14.dylib", "python314.dll", "bin/python314.dll"
  };

  /// Looks for the shared library in its usual places below `folder`; where there is none, names
  /// the first place.
  static CPythonHome in(Path folder) {
    for (String name : LIBRARIES) {
      Path library = folder.resolve(name);
      if (Files.isReadable(library)) {
        return new CPythonHome(folder, library);
      }
    }
    return new CPythonHome(folder, folder.resolve(LIBRARIES[0]));
  }

  boolean isPresent() {
    return Files.isReadable(library);
  }
}
