package org.pyparallel.workload;

/// Looks at eight bytes in one go: a `long` that was read little-endian, so that its lowest byte is
/// the first one. A set of bytes is a `long` too, with the top bit of each of them set.
final class EightBytes {
  /// The set of all eight.
  static final long ALL = 0x8080_8080_8080_8080L;

  private static final long LOW_BITS = ~ALL;
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

  private EightBytes() {}

  /// Eight times the same byte.
  static long of(int value) {
    return (value & 0xffL) * EACH_BYTE;
  }

  /// The bytes of `word` that equal those of `pattern`. Exact, where the better known subtraction
  /// marks a byte too many after a hit.
  static long equal(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
  }

  /// The bytes at which an odd number of `toggles` has been seen, their own included.
  static long parity(long toggles) {
    long parity = toggles ^ (toggles << 8);
    parity ^= parity << 16;
    return parity ^ (parity << 32);
  }

  /// The index of the first byte of a set that is not empty.
  static int first(long set) {
    return Long.numberOfTrailingZeros(set) / Byte.SIZE;
  }

  /// The bytes at `index` and behind, where `index` is at most 7.
  static long from(int index) {
    return index <= 0 ? ALL : ALL << (index * Byte.SIZE);
  }
}
