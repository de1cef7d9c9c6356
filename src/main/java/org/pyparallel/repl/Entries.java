package org.pyparallel.repl;

import org.jspecify.annotations.Nullable;

/// Where the entries of a conversation come from. One thread.
interface Entries {
  /// Waits for the next one.
  ///
  /// @param number of the interpreter it will go to, for the prompt
  /// @return the source without blank lines at its end, empty where it was given up with Ctrl-C or
  ///   nothing was typed; null at the end of all
  @Nullable String next(int number);
}
