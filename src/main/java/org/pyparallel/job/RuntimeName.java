package org.pyparallel.job;

import java.util.Locale;

/// The Python runtimes a run can ask for.
public enum RuntimeName {
  CPYTHON,
  GRAALPY;

  /// The name users type after `--runtime`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
