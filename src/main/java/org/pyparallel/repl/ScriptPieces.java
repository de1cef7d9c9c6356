package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Cuts a script from a pipe into Python and magics. A line that begins with `%` is a magic, unless
/// it goes on what is above it: a string of several lines, or brackets that are open. One that
/// begins with `%%` takes the lines below it, up to a blank one.
final class ScriptPieces {
  private ScriptPieces() {}

  /// A piece of it.
  ///
  /// @param source its text; Python begins with as many blank lines as there are lines above it, so
  ///   that tracebacks say the right number
  /// @param magic whether it is no Python
  record Piece(String source, boolean magic) {}

  /// The pieces, in order; those without a statement are left out.
  static List<Piece> of(String script) {
    List<Piece> pieces = new ArrayList<>();
    boolean magics = script.startsWith("%") || script.contains("\n%");
    if (!magics) {
      add(pieces, script, 0);
      return pieces;
    }
    String[] lines = script.split("\n", -1);
    StringBuilder python = new StringBuilder();
    int begun = 0;
    int i = 0;
    while (i < lines.length) {
      if (!lines[i].startsWith("%") || isOpen(python)) {
        python.append(lines[i++]).append('\n');
        continue;
      }
      add(pieces, python.toString(), begun);
      python.setLength(0);
      StringBuilder magic = new StringBuilder(lines[i].stripTrailing());
      boolean cell = lines[i++].startsWith("%%");
      while (cell && i < lines.length && !lines[i].isBlank()) {
        magic.append('\n').append(lines[i++]);
      }
      pieces.add(new Piece(magic.toString(), true));
      begun = i;
    }
    add(pieces, python.toString(), begun);
    return pieces;
  }

  private static boolean isOpen(StringBuilder python) {
    int open = 0;
    for (Token token : PythonTokens.of(python.toString())) {
      switch (token.kind()) {
        case OPENING -> open++;
        case CLOSING -> open--;
        case OPEN_STRING -> {
          if (token.end() == python.length()) {
            return true;
          }
        }
        default -> {}
      }
    }
    return open > 0;
  }

  private static void add(List<Piece> pieces, String python, int above) {
    if (!python.isBlank()) {
      pieces.add(new Piece("\n".repeat(above) + python.stripTrailing() + "\n", false));
    }
  }
}
