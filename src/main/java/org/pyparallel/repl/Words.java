package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Takes apart what stands after a magic's name.
final class Words {
  private Words() {}

  /// Words between blanks; quotes of either kind keep blanks together.
  ///
  /// @throws MagicError if a quote is not closed
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inside = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (quote != 0) {
        if (letter == quote) {
          quote = 0;
        } else {
          word.append(letter);
        }
      } else if (letter == '"' || letter == '\'') {
        quote = letter;
        inside = true;
      } else if (Character.isWhitespace(letter)) {
        if (inside) {
          words.add(word.toString());
          word.setLength(0);
        }
        inside = false;
      } else {
        word.append(letter);
        inside = true;
      }
    }
    if (quote != 0) {
      throw new MagicError("the quote " + quote + " is not closed");
    }
    if (inside) {
      words.add(word.toString());
    }
    return words;
  }

  /// The only word there is.
  ///
  /// @throws MagicError if a quote is not closed; [MagicError.Usage] if there is none, or another
  static String only(String text) {
    List<String> words = of(text);
    if (words.size() != 1) {
      throw new MagicError.Usage();
    }
    return words.getFirst();
  }

  /// The first word.
  static String first(String text) {
    return text.substring(0, end(text));
  }

  /// What comes after the first word: code, whose first line may be indented where it begins on a
  /// line of its own.
  static String after(String text) {
    return code(text.substring(end(text)));
  }

  /// Code as a magic was given it, on its own line or on those below.
  ///
  /// @throws MagicError.Usage if there is none
  static String code(String text) {
    int start = 0;
    while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    if (start < text.length() && text.charAt(start) == '\n') {
      start++;
    }
    String code = text.substring(start);
    if (code.isBlank()) {
      throw new MagicError.Usage();
    }
    return code;
  }

  private static int end(String text) {
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
