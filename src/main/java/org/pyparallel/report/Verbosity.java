package org.pyparallel.report;

/// How much is told on standard error.
public enum Verbosity {
  /// Errors of the script and what it writes itself (`-q`).
  QUIET,
  /// Also progress, and a summary when something went wrong.
  NORMAL,
  /// Also what the run cost (`-v`).
  VERBOSE
}
