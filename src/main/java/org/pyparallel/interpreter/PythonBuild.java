package org.pyparallel.interpreter;

import java.nio.file.Path;

/// How a CPython was compiled, as far as its speed depends on it.
///
/// @param program the program that belongs to it; absolute
/// @param version such as `3.14.3`
/// @param profiled whether the compiler was guided by a profile (`--enable-optimizations`)
/// @param linkTime whether it optimised across files (`--with-lto`)
public record PythonBuild(Path program, String version, boolean profiled, boolean linkTime) {
  /// Whether the same code may be expected to run faster than on the other.
  public boolean isFasterThan(PythonBuild other) {
    return profiled != other.profiled ? profiled : linkTime && !other.linkTime;
  }

  /// The build in a few words.
  public String label() {
    if (profiled) {
      return linkTime ? "optimised (PGO, LTO)" : "optimised (PGO)";
    }
    return linkTime ? "LTO without PGO" : "plain (no PGO, no LTO)";
  }
}
