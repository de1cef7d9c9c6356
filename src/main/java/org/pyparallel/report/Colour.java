package org.pyparallel.report;

/// Whether text is coloured, decided by the caller.
public enum Colour {
  /// Plain text.
  NEVER,
  /// ANSI escape sequences.
  ALWAYS;

  private static final String RED = "\u001b[31m";
  private static final String DIM = "\u001b[2m";
  private static final String RESET = "\u001b[0m";

  /// For what went wrong.
  String red(String text) {
    return this == ALWAYS ? RED + text + RESET : text;
  }

  /// For what matters less.
  String dim(String text) {
    return this == ALWAYS ? DIM + text + RESET : text;
  }
}
