package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts Python source into pieces while it is typed: never fails, and knows just enough for
/// colours, brackets and the end of strings. White space is left out.
final class PythonTokens {
  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");
  private static final int LONGEST_PREFIX = 2;

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private PythonTokens(String source) {
    this.source = source;
  }

  /// The pieces, in order.
  static List<Token> of(String source) {
    PythonTokens reader = new PythonTokens(source);
    while (reader.position < source.length()) {
      reader.next();
    }
    return reader.tokens;
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word);
  }

  private void next() {
    int start = position;
    char c = source.charAt(start);
    if (Character.isWhitespace(c)) {
      position++;
    } else if (c == '#') {
      position = endOfLine(start);
      add(TokenKind.COMMENT, start);
    } else if (c == '"' || c == '\'') {
      string(start);
    } else if (isDigit(c) || (c == '.' && isDigit(at(start + 1)))) {
      number();
      add(TokenKind.NUMBER, start);
    } else if (Character.isUnicodeIdentifierStart(c) || c == '_' || Character.isSurrogate(c)) {
      word(start);
    } else if (c == '@' && isFirstOfLine(start)) {
      position++;
      while (isPartOfName(at(position)) || at(position) == '.') {
        position++;
      }
      add(TokenKind.DECORATOR, start);
    } else {
      position++;
      add(kindOf(c), start);
    }
  }

  private static TokenKind kindOf(char c) {
    return switch (c) {
      case '(', '[', '{' -> TokenKind.OPENING;
      case ')', ']', '}' -> TokenKind.CLOSING;
      default -> TokenKind.OPERATOR;
    };
  }

  private void word(int start) {
    while (isPartOfName(at(position))) {
      position++;
    }
    char quote = at(position);
    if ((quote == '"' || quote == '\'') && isPrefix(start)) {
      string(start);
      return;
    }
    add(isKeyword(source.substring(start, position)) ? TokenKind.KEYWORD : TokenKind.NAME, start);
  }

  /// Whether the word before a quote says what kind of string it is.
  private boolean isPrefix(int start) {
    if (position - start > LONGEST_PREFIX) {
      return false;
    }
    for (int i = start; i < position; i++) {
      if ("rRbBuUfFtT".indexOf(source.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// A string whose quotes begin at the position.
  private void string(int start) {
    char quote = source.charAt(position);
    boolean triple = at(position + 1) == quote && at(position + 2) == quote;
    position += triple ? 3 : 1;
    while (position < source.length()) {
      char c = source.charAt(position);
      if (c == '\\') {
        position += 2;
      } else if (c == '\n' && !triple) {
        add(TokenKind.OPEN_STRING, start);
        return;
      } else if (c == quote
          && (!triple || (at(position + 1) == quote && at(position + 2) == quote))) {
        position += triple ? 3 : 1;
        add(TokenKind.STRING, start);
        return;
      } else {
        position++;
      }
    }
    position = source.length();
    add(TokenKind.OPEN_STRING, start);
  }

  /// Digits, letters, points and the sign of an exponent: what is no number is not ours to say.
  private void number() {
    boolean hexadecimal = at(position) == '0' && (at(position + 1) | 0x20) == 'x';
    while (isPartOfName(at(position)) || at(position) == '.') {
      boolean exponent = !hexadecimal && (at(position) | 0x20) == 'e';
      position++;
      if (exponent && (at(position) == '+' || at(position) == '-') && isDigit(at(position + 1))) {
        position++;
      }
    }
  }

  private void add(TokenKind kind, int start) {
    tokens.add(new Token(kind, start, position));
  }

  private boolean isFirstOfLine(int index) {
    for (int i = index - 1; i >= 0 && source.charAt(i) != '\n'; i--) {
      if (!Character.isWhitespace(source.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private int endOfLine(int from) {
    int end = source.indexOf('\n', from);
    return end < 0 ? source.length() : end;
  }

  /// The character there, or NUL beyond the end.
  private char at(int index) {
    return index < source.length() ? source.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isPartOfName(char c) {
    return c != '\0' && (Character.isUnicodeIdentifierPart(c) || Character.isSurrogate(c));
  }
}
