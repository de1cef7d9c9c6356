package org.pyparallel.repl;

import org.jspecify.annotations.Nullable;

/// What stands between a session and whoever types: an editor on a terminal, a terminal that can do
/// nothing but lines, or a pipe.
public interface Shell extends AutoCloseable {
  /// Where the session shows things.
  Screen screen();

  /// Reads a line for code that asks for one. Any thread; waits for the user.
  ///
  /// @return the line without its end; null at the end of input, or where the keyboard is taken: by
  ///   the prompt, while code runs in the background
  @Nullable String input(String prompt);

  /// Takes entries and has them run until the user leaves or the input ends.
  ///
  /// @return the exit status
  int run(Session session, Opening opening);

  /// Leaves the terminal as it was. Idempotent.
  @Override
  void close();
}
