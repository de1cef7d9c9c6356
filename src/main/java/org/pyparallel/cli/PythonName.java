package org.pyparallel.cli;

/// What Python takes for a name.
final class PythonName {
  private PythonName() {}

  /// Whether the text is an identifier that is no keyword.
  static boolean isName(String text) {
    if (text.isEmpty() || !isStart(text.codePointAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!isPart(text.codePointAt(i))) {
        return false;
      }
    }
    return !isKeyword(text);
  }

  /// Whether a word stands somewhere in Python source, and is no attribute there. Strings and
  /// comments count as source.
  static boolean mentions(String source, String word) {
    for (int at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !isPart(source.codePointBefore(at));
      boolean ends = end == source.length() || !isPart(source.codePointAt(end));
      if (begins && ends && !followsDot(source, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean followsDot(String source, int at) {
    return at > 0 && source.charAt(at - 1) == '.';
  }

  private static boolean isStart(int character) {
    return character == '_' || Character.isUnicodeIdentifierStart(character);
  }

  private static boolean isPart(int character) {
    return Character.isUnicodeIdentifierPart(character)
        && !Character.isIdentifierIgnorable(character);
  }

  private static boolean isKeyword(String text) {
    return switch (text) {
      case "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class" ->
          true;
      case "continue", "def", "del", "elif", "else", "except", "finally", "for", "from" -> true;
      case "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass" -> true;
      case "raise", "return", "try", "while", "with", "yield" -> true;
      default -> false;
    };
  }
}
