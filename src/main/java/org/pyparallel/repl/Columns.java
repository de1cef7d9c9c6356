package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// A table on the screen: columns as wide as they must be, the last one as wide as there is room.
final class Columns {
  private final List<String[]> rows = new ArrayList<>();

  Columns add(String... cells) {
    rows.add(cells);
    return this;
  }

  /// The lines.
  ///
  /// @param most how many characters fit on one
  String text(int most) {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]);
        if (i < row.length - 1) {
          line.repeat(' ', widths[i] - row[i].length() + 2);
        }
      }
      String shown = line.toString().stripTrailing();
      text.append(shown.length() > most ? shown.substring(0, most - 1) + "…" : shown).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }
}
