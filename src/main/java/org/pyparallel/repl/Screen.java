package org.pyparallel.repl;

/// Where a session shows things. Any thread; whole calls never mix.
public interface Screen {
  /// Text as it is, for standard output.
  void print(String text);

  /// Text as it is, for standard error.
  void error(String text);

  /// Shows one line in place of the last one shown this way, where the screen can do that; empty to
  /// take it away.
  void status(String line);

  /// How many characters fit on a line, at least 20.
  int columns();
}
