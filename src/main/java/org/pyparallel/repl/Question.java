package org.pyparallel.repl;

import org.jspecify.annotations.Nullable;

/// A question about an object: `?name`, `name?`, and with two marks for more.
///
/// @param expression what is asked about
/// @param detail `1`, or `2` for more
record Question(String expression, String detail) {
  /// @return null if an entry is none
  static @Nullable Question of(String entry) {
    String text = entry.strip();
    int marks = 0;
    if (text.indexOf('\n') >= 0) {
      return null;
    }
    while (text.startsWith("?")) {
      text = text.substring(1);
      marks++;
    }
    if (marks == 0) {
      while (text.endsWith("?")) {
        text = text.substring(0, text.length() - 1);
        marks++;
      }
    }
    text = text.strip();
    boolean asked = marks > 0 && marks <= 2 && !text.isEmpty() && !hasComment(text);
    return asked ? new Question(text, Integer.toString(marks)) : null;
  }

  /// A question mark in a comment or a string is none of ours.
  private static boolean hasComment(String text) {
    for (Token token : PythonTokens.of(text)) {
      if (token.kind() == TokenKind.COMMENT || token.kind() == TokenKind.OPEN_STRING) {
        return true;
      }
    }
    return false;
  }
}
