package org.pyparallel.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Finds line feeds and such, eight bytes at a time: all output of all workers passes here on one
/// thread.
final class LineFeeds {
  private static final byte LINE_FEED = '\n';
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private LineFeeds() {}

  /// The index of the first line feed between position and limit, or -1.
  static int first(ByteBuffer bytes) {
    return first(bytes, LINE_FEED);
  }

  /// The index of the first byte of this value between position and limit, or -1.
  ///
  /// @param value 0 to 127
  static int first(ByteBuffer bytes, byte value) {
    long wanted = value * ONES;
    ByteBuffer words = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int limit = bytes.limit();
    int i = bytes.position();
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      // A byte that is zero after the xor is a wanted one; subtracting one sets its high bit.
      // A borrow can mark later bytes too, never earlier ones, so the lowest mark is right.
      long word = words.getLong(i) ^ wanted;
      long marks = (word - ONES) & ~word & HIGH_BITS;
      if (marks != 0) {
        return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      }
    }
    for (; i < limit; i++) {
      if (bytes.get(i) == value) {
        return i;
      }
    }
    return -1;
  }

  /// The index of the last line feed between position and limit, or -1.
  static int last(ByteBuffer bytes) {
    for (int i = bytes.limit() - 1; i >= bytes.position(); i--) {
      if (bytes.get(i) == LINE_FEED) {
        return i;
      }
    }
    return -1;
  }
}
