package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// Memory outside the heap that is read eight bytes at a time, from any offset.
///
/// Every read is of a whole word of the memory, from which the bytes asked for are shifted
/// together: that is fast even where code is compiled without much effort, as it is in a short run.
final class WideBuffer {
  private static final int PADDING = 2 * Long.BYTES;
  private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final int capacity;
  private final ByteBuffer bytes;
  private final LongBuffer words;

  /// @param capacity in bytes
  WideBuffer(int capacity) {
    this.capacity = capacity;
    this.bytes = ByteBuffer.allocateDirect(aligned(capacity) + PADDING);
    this.words = bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    bytes.order(ByteOrder.BIG_ENDIAN);
  }

  /// The next offset that is a multiple of a word's size.
  static int aligned(int offset) {
    return (offset + Long.BYTES - 1) & -Long.BYTES;
  }

  int capacity() {
    return capacity;
  }

  /// All of it; its position and limit mean nothing.
  ByteBuffer bytes() {
    return bytes;
  }

  /// The eight bytes from `offset` on, the first one as the most significant; those behind the
  /// capacity are any.
  long word(int offset) {
    int index = offset >>> 3;
    int shift = (offset & 7) << 3;
    long word = words.get(index);
    if (shift != 0) {
      word = word >>> shift | words.get(index + 1) << -shift;
    }
    return Long.reverseBytes(word);
  }

  /// Like [#word], for as many bytes as there are before `end`; zeros stand for the rest.
  long word(int offset, int end) {
    int size = end - offset;
    if (size >= Long.BYTES) {
      return word(offset);
    }
    return size <= 0 ? 0 : word(offset) & (-1L << ((Long.BYTES - size) << 3));
  }

  /// The offset of the first line feed from `from` on and before `end`, or -1.
  int lineFeed(int from, int end) {
    int index = from >>> 3;
    // A byte that is zero after the xor is a line feed; subtracting one from it sets its high bit.
    // A
    // borrow can mark later bytes too, never earlier ones, so the lowest mark is right.
    long word = words.get(index) ^ LINE_FEEDS;
    int before = from & 7;
    if (before != 0) {
      word |= -1L >>> ((Long.BYTES - before) << 3);
    }
    while (true) {
      long marks = (word - ONES) & ~word & HIGH_BITS;
      if (marks != 0) {
        int found = (index << 3) + (Long.numberOfTrailingZeros(marks) >>> 3);
        return found < end ? found : -1;
      }
      index++;
      if (index << 3 >= end) {
        return -1;
      }
      word = words.get(index) ^ LINE_FEEDS;
    }
  }

  /// Compares two ranges of bytes, as unsigned numbers, a shorter one before what it begins.
  static int compare(WideBuffer a, int aStart, int aLength, WideBuffer b, int bStart, int bLength) {
    int length = Math.min(aLength, bLength);
    for (int i = 0; i < length; i += Long.BYTES) {
      long one = a.word(aStart + i, aStart + aLength);
      long other = b.word(bStart + i, bStart + bLength);
      if (one != other) {
        return Long.compareUnsigned(one, other);
      }
    }
    return Integer.compare(aLength, bLength);
  }
}
