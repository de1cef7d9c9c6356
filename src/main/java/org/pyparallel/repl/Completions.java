package org.pyparallel.repl;

import java.util.List;

/// What could stand in place of the word at the cursor.
///
/// @param start where that word begins, at most the cursor
/// @param words what it could be
record Completions(int start, List<Word> words) {
  Completions {
    words = List.copyOf(words);
  }

  /// One of them.
  ///
  /// @param text the word
  /// @param kind `name`, `attribute`, `module`, `keyword`, `key`, `magic`, `file`
  /// @param closing what follows it at once: a bracket, a quote, a slash
  record Word(String text, String kind, String closing) {}

  static Completions none(int cursor) {
    return new Completions(cursor, List.of());
  }

  boolean isEmpty() {
    return words.isEmpty();
  }
}
