package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;

/// Splits text into words as a shell would, without expanding anything.
///
/// Words are separated by white space. Single quotes keep everything, double quotes all but a
/// backslash before `"`, `\` or a line end, and a backslash keeps the next character. `#` at the
/// start of a word begins a comment that lasts to the end of the line.
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int position;

  private ShellWords(String text) {
    this.text = text;
  }

  /// @param text what to split
  /// @return the words, quotes removed
  /// @throws IllegalArgumentException if a quote is not closed; the message says where
  static List<String> split(String text) {
    return new ShellWords(text).split();
  }

  private List<String> split() {
    while (position < text.length()) {
      char c = text.charAt(position++);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> endWord();
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '\\' -> escaped();
        case '#' -> {
          if (inWord) {
            word.append(c);
          } else {
            skipLine();
          }
        }
        default -> append(c);
      }
    }
    endWord();
    return words;
  }

  private void append(char c) {
    word.append(c);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void singleQuoted() {
    int end = text.indexOf('\'', position);
    if (end < 0) {
      throw unclosed(position);
    }
    word.append(text, position, end);
    inWord = true;
    position = end + 1;
  }

  private void doubleQuoted() {
    int start = position;
    inWord = true;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return;
      }
      if (c == '\\' && position < text.length()) {
        char next = text.charAt(position);
        if (next == '"' || next == '\\' || next == '\n') {
          position++;
          if (next != '\n') {
            word.append(next);
          }
          continue;
        }
      }
      word.append(c);
    }
    throw unclosed(start);
  }

  private void escaped() {
    if (position == text.length()) {
      append('\\');
      return;
    }
    char next = text.charAt(position++);
    if (next != '\n') {
      append(next);
    }
  }

  private void skipLine() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end + 1;
  }

  private IllegalArgumentException unclosed(int afterQuote) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < afterQuote - 1; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    String where = "column " + (afterQuote - lineStart);
    return new IllegalArgumentException(
        "the quote opened at "
            + (text.indexOf('\n') < 0 ? where : "line " + line + ", " + where)
            + " is never closed");
  }
}
