package org.pyparallel.report;

import java.util.EnumMap;
import java.util.Map;

/// Lays out one line of progress in a given width.
///
/// The parts stand in a fixed order; what does not fit is left out, the least important part first,
/// and the bar takes what the others leave.
final class ProgressLine {
  /// What a line can tell, in the order in which it is shown.
  enum Part {
    PERCENT(1),
    RECORDS(5),
    BYTES(6),
    SPEED(7),
    SHARDS(8),
    TIME(3),
    FAILED(2);

    /// 1 for the part that goes last.
    private final int importance;

    Part(int importance) {
      this.importance = importance;
    }
  }

  private static final Part[] PARTS = Part.values();
  private static final int GAP = 2;
  private static final int BAR_IMPORTANCE = 4;
  private static final int MIN_BAR = 8;
  private static final int MAX_BAR = 24;

  private final Map<Part, String> texts = new EnumMap<>(Part.class);
  private double fraction = -1;

  /// Shows a bar.
  ///
  /// @param done from 0 to 1
  void bar(double done) {
    fraction = done;
  }

  void set(Part part, String text) {
    texts.put(part, text);
  }

  /// @param columns the terminal's width, of which the last is left free
  /// @param unicode whether the bar may be of line-drawing characters
  /// @param colour for the failures
  String render(int columns, boolean unicode, Colour colour) {
    int room = columns - 1;
    for (int least = PARTS.length + 1; least > 0; least--) {
      int bar = fraction < 0 || least < BAR_IMPORTANCE ? 0 : MIN_BAR;
      int width = width(least, bar);
      if (width <= room) {
        int spare = bar == 0 ? 0 : Math.min(MAX_BAR - MIN_BAR, room - width);
        return join(least, bar + spare, unicode, colour);
      }
    }
    return "";
  }

  private int width(int least, int bar) {
    int width = bar == 0 ? 0 : GAP + bar;
    for (Part part : PARTS) {
      if (shown(part, least)) {
        width += GAP + text(part).length();
      }
    }
    return width;
  }

  private String text(Part part) {
    return texts.getOrDefault(part, "");
  }

  private boolean shown(Part part, int least) {
    return part.importance <= least && !text(part).isEmpty();
  }

  private String join(int least, int bar, boolean unicode, Colour colour) {
    StringBuilder line = new StringBuilder();
    for (Part part : PARTS) {
      if (shown(part, least)) {
        String text = text(part);
        line.append("  ").append(part == Part.FAILED ? colour.red(text) : text);
      }
      if (part == Part.PERCENT && bar > 0) {
        line.append("  ");
        drawBar(line, bar, unicode, colour);
      }
    }
    return line.toString();
  }

  private void drawBar(StringBuilder line, int width, boolean unicode, Colour colour) {
    int halves = (int) (fraction * width * 2);
    int full = halves / 2;
    boolean half = halves % 2 == 1;
    line.repeat(unicode ? "━" : "#", full);
    if (half) {
      line.append(unicode ? "╸" : "-");
    }
    int rest = width - full - (half ? 1 : 0);
    if (rest > 0) {
      line.append(colour.dim((unicode ? "─" : ".").repeat(rest)));
    }
  }
}
