package org.pyparallel.repl;

/// What a piece of Python source is, as far as colours and completeness go.
enum TokenKind {
  KEYWORD,
  /// Any other name.
  NAME,
  NUMBER,
  /// A whole string literal with its prefix.
  STRING,
  /// One whose end is missing: up to the end of its line, or of the source if it has three quotes.
  OPEN_STRING,
  COMMENT,
  /// `@` and the name after it, at the start of a line.
  DECORATOR,
  /// One of `( [ {`.
  OPENING,
  /// One of `) ] }`.
  CLOSING,
  OPERATOR
}
