package org.pyparallel.repl;

import java.util.Optional;

/// How a conversation begins.
///
/// @param banner a line or two to greet with, without line end, or empty for none
/// @param script what the first interpreter runs before anything else
public record Opening(String banner, Optional<Script> script) {
  /// A script that was read.
  ///
  /// @param name what tracebacks call it
  /// @param folder what it imports from first
  /// @param source its text
  public record Script(String name, String folder, String source) {}
}
