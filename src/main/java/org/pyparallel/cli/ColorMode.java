package org.pyparallel.cli;

/// What may follow `--color`.
enum ColorMode {
  /// On a terminal, unless `NO_COLOR` is set to anything (<https://no-color.org>) or the terminal
  /// is a dumb one.
  AUTO,
  ALWAYS,
  NEVER;

  /// Whether to use colours on one of the process's streams.
  boolean useColor(Environment environment, Environment.Stream stream) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          environment.isTerminal(stream)
              && environment.variable("NO_COLOR").isEmpty()
              && !environment.variable("TERM").equals("dumb");
    };
  }
}
