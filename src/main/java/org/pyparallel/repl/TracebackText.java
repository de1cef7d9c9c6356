package org.pyparallel.repl;

/// Makes Python's tracebacks easy on the eye: frames step back, the exception's type stands out.
final class TracebackText {
  /// So many characters are shown: an exception's text may be a whole record.
  static final int MOST = 16_000;

  private final Palette palette;

  TracebackText(Palette palette) {
    this.palette = palette;
  }

  /// The text to show, which ends with a line end.
  String of(String traceback) {
    String text = shortened(traceback.stripTrailing());
    StringBuilder out = new StringBuilder(text.length() + 64);
    int start = 0;
    while (start <= text.length()) {
      int lineFeed = text.indexOf('\n', start);
      int end = lineFeed < 0 ? text.length() : lineFeed;
      out.append(line(text.substring(start, end))).append('\n');
      start = end + 1;
    }
    return out.toString();
  }

  private String line(String line) {
    if (line.startsWith(" ") || line.startsWith("Traceback (")) {
      return palette.dim(line);
    }
    int end = 0;
    while (end < line.length()
        && (Character.isUnicodeIdentifierPart(line.charAt(end)) || line.charAt(end) == '.')) {
      end++;
    }
    boolean type = end > 0 && (end == line.length() || line.charAt(end) == ':');
    return type ? palette.red(line.substring(0, end)) + line.substring(end) : line;
  }

  private static String shortened(String text) {
    int left = text.length() - MOST;
    return left <= 0
        ? text
        : text.substring(0, MOST / 2)
            + "\n... ("
            + left
            + " characters left out) ...\n"
            + text.substring(text.length() - MOST / 2);
  }
}
