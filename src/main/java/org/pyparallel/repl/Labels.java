package org.pyparallel.repl;

/// Puts a label in front of lines.
final class Labels {
  private Labels() {}

  /// All lines of a text, the last one ended.
  ///
  /// @return empty for an empty text
  static String all(String label, String text) {
    StringBuilder held = new StringBuilder();
    String lines = lines(label, held, text, Integer.MAX_VALUE);
    return held.isEmpty() ? lines : lines + rest(label, held);
  }

  /// The lines that are whole once a text is added to what was held back of the last one.
  ///
  /// @param held takes what is left over
  /// @param most a line longer than this is broken, so that no more is ever held
  static String lines(String label, StringBuilder held, String text, int most) {
    StringBuilder lines = new StringBuilder();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.append(label).append(held).append(text, start, end + 1);
      held.setLength(0);
      start = end + 1;
    }
    held.append(text, start, text.length());
    if (held.length() > most) {
      lines.append(rest(label, held));
    }
    return lines.toString();
  }

  /// What was held back, as a line.
  static String rest(String label, StringBuilder held) {
    String line = label + held + "\n";
    held.setLength(0);
    return line;
  }
}
