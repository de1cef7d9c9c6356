package org.pyparallel.repl;

/// A piece of Python source.
///
/// @param start where it begins, in UTF-16 units
/// @param end where it ends, exclusive
record Token(TokenKind kind, int start, int end) {}
