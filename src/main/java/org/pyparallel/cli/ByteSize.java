package org.pyparallel.cli;

/// Reads sizes with GNU parallel's suffixes: K, M, G, T count in 1024, k, m, g, t in 1000.
final class ByteSize {
  private ByteSize() {}

  /// Returns the number of bytes, or [WholeNumber#NONE] if the text is no size from `least`, which
  /// is 1 or more, to `most`.
  static long parse(String text, long least, long most) {
    if (text.isEmpty()) {
      return WholeNumber.NONE;
    }
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 'k' -> 1_000;
          case 'K' -> 1 << 10;
          case 'm' -> 1_000_000;
          case 'M' -> 1 << 20;
          case 'g' -> 1_000_000_000;
          case 'G' -> 1 << 30;
          case 't' -> 1_000_000_000_000L;
          case 'T' -> 1L << 40;
          default -> 1;
        };
    long count = WholeNumber.parse(unit == 1 ? text : text.substring(0, text.length() - 1));
    if (count < 1 || count > most / unit || count * unit < least) {
      return WholeNumber.NONE;
    }
    return count * unit;
  }
}
