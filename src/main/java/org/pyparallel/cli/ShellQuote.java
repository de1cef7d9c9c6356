package org.pyparallel.cli;

import java.util.List;

/// Writes words so that a POSIX shell reads them as they are, quoted where they must be;
/// [ShellWords] goes the other way.
final class ShellQuote {
  private ShellQuote() {}

  /// One word.
  static String of(String word) {
    if (isPlain(word)) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// Words with a space between them.
  static String join(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(of(word));
    }
    return line.toString();
  }

  /// Whether no shell sees anything special in it: `=` at its start would be a command's name for
  /// zsh.
  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_-./:,@%+".indexOf(c) >= 0
              || (c == '=' && i > 0);
      if (!plain) {
        return false;
      }
    }
    return !word.isEmpty();
  }
}
