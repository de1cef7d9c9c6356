package org.pyparallel.repl;

/// One magic. Used by the shell's thread.
interface Magic {
  /// Its name without `%`.
  String name();

  /// How it is typed, `%` in front; several forms on lines of their own.
  String usage();

  /// What it does: one line, a small letter first and no full stop.
  String summary();

  /// More about it, lines without a line feed at the end; possibly empty.
  default String details() {
    return "";
  }

  /// Whether it takes code, which can then also stand on the lines below `%%name`.
  default boolean takesCode() {
    return false;
  }

  /// Carries it out.
  ///
  /// @param rest what stands after its name, without blanks at either end; code of lines below
  ///   begins after a line feed
  /// @throws MagicError if it cannot be done
  void run(String rest);
}
