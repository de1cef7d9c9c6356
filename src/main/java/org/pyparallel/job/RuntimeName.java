package org.pyparallel.job;

import java.util.Locale;

/// The Python runtimes a run can ask for.
public enum RuntimeName {
  /// Subinterpreters of CPython in this process.
  CPYTHON,
  /// Contexts of GraalPy in this process.
  GRAALPY,
  /// A CPython child process per worker.
  PROCESS;

  /// The name users type after `--runtime`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
