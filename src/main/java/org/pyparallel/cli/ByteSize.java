package org.pyparallel.cli;

/// Reads sizes with GNU parallel's suffixes: K, M, G count in 1024, k, m, g in 1000.
final class ByteSize {
  /// The largest block: a shard is one `bytes` object, and one Java buffer where it comes from a
  /// stream.
  static final long MAX = 1 << 30;

  private ByteSize() {}

  /// Returns the number of bytes, or [WholeNumber#NONE] if the text is no size from 1 to [#MAX].
  static long parse(String text) {
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
          default -> 1;
        };
    long count = WholeNumber.parse(unit == 1 ? text : text.substring(0, text.length() - 1));
    return count < 1 || count > MAX / unit ? WholeNumber.NONE : count * unit;
  }
}
