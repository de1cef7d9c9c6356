package org.pyparallel.repl;

import java.util.List;

/// Whether what was typed can be run, or wants more lines.
///
/// @param complete whether it can; what is wrong counts as complete, since running it tells
/// @param indent how many spaces the next line begins with; 0 where it is complete
record Completeness(boolean complete, int indent) {
  static final Completeness COMPLETE = new Completeness(true, 0);
  private static final int STEP = 4;

  /// What a console answered to `check`.
  static Completeness of(List<String> answer) {
    if (answer.isEmpty() || !answer.getFirst().equals("incomplete")) {
      return COMPLETE;
    }
    int indent = 0;
    try {
      indent = answer.size() > 1 ? Integer.parseInt(answer.get(1)) : 0;
    } catch (NumberFormatException _) {
      // then the user indents
    }
    return new Completeness(false, Math.max(0, indent));
  }

  /// A guess by brackets, quotes and indentation alone, for when no console can be asked.
  static Completeness guess(String source) {
    int open = 0;
    int statement = 0;
    Token last = null;
    for (Token token : PythonTokens.of(source)) {
      int end = last == null ? 0 : last.end();
      if (open == 0 && source.substring(end, token.start()).indexOf('\n') >= 0) {
        statement = source.lastIndexOf('\n', token.start()) + 1;
      }
      switch (token.kind()) {
        case OPENING -> open++;
        case CLOSING -> open--;
        default -> {}
      }
      if (token.kind() != TokenKind.COMMENT) {
        last = token;
      }
    }
    String line = source.substring(source.lastIndexOf('\n') + 1);
    int indent = indentOf(source.substring(statement));
    if (last == null) {
      return COMPLETE;
    }
    if (last.kind() == TokenKind.OPEN_STRING && last.end() == source.length()) {
      boolean triple = isTriple(source, last);
      return triple ? new Completeness(false, 0) : COMPLETE;
    }
    if (open > 0) {
      int above = indentOf(line);
      return new Completeness(false, above == 0 ? STEP : above);
    }
    if (source.charAt(last.end() - 1) == ':') {
      return new Completeness(false, indent + STEP);
    }
    boolean inBlock = indent > 0 && !line.isBlank();
    return inBlock ? new Completeness(false, indent) : COMPLETE;
  }

  private static boolean isTriple(String source, Token string) {
    String text = source.substring(string.start(), string.end());
    return text.contains("\"\"\"") || text.contains("'''");
  }

  /// How many characters of white space a line begins with.
  static int indentOf(String line) {
    int indent = 0;
    while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
      indent++;
    }
    return indent;
  }
}
