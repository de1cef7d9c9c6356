package org.pyparallel.interpreter;

import java.nio.file.Path;

/// What the cases of a contract work with.
interface Subject {
  Runtime runtime();

  /// An empty folder for this case alone.
  Path folder();

  /// A script, to be opened on the runtime.
  default Setup script(String source) {
    return Setup.of(runtime(), folder(), source);
  }
}
