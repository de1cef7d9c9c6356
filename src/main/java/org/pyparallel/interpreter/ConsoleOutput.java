package org.pyparallel.interpreter;

import org.jspecify.annotations.Nullable;

/// What a console's code prints and reads. Called on the owner's thread, but for what the code's
/// own threads print, which may come at any time.
public interface ConsoleOutput {
  /// Text for standard output, cut anywhere but inside a character.
  void out(String text);

  /// Text for standard error.
  void err(String text);

  /// A line for `input()`.
  ///
  /// @return the line without its end, or null at the end of input
  @Nullable String input(String prompt);
}
