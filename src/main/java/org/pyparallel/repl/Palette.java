package org.pyparallel.repl;

/// Whether what the shell prints is coloured.
public enum Palette {
  /// Plain text.
  NONE,
  /// ANSI escape sequences.
  ANSI;

  private static final String RESET = "\u001b[0m";

  /// For what matters less.
  String dim(String text) {
    return paint("\u001b[2m", text);
  }

  /// For what went wrong.
  String red(String text) {
    return paint("\u001b[1;31m", text);
  }

  /// For what the eye looks for.
  String green(String text) {
    return paint("\u001b[1;32m", text);
  }

  private String paint(String escape, String text) {
    return this == NONE || text.isEmpty() ? text : escape + text + RESET;
  }
}
