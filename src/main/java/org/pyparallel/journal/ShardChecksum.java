package org.pyparallel.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Adds up the bytes of a shard as they come. For one thread.
///
/// Two sums of 32 bits with different polynomials: both are computed by the processor itself, at
/// many times the speed at which Python reads.
final class ShardChecksum {
  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();
  private long length;

  /// The sum of all bytes.
  ///
  /// @param length how many there were
  record Sum(long length, int crc32, int crc32c) {}

  /// Takes the next bytes, and leaves the buffer as it is.
  void add(ByteBuffer bytes) {
    length += bytes.remaining();
    crc32.update(bytes.duplicate());
    crc32c.update(bytes.duplicate());
  }

  /// Forgets what came so far.
  void reset() {
    crc32.reset();
    crc32c.reset();
    length = 0;
  }

  Sum sum() {
    return new Sum(length, (int) crc32.getValue(), (int) crc32c.getValue());
  }

  /// The sum of the bytes of a buffer, which is left as it is.
  static Sum of(ByteBuffer bytes) {
    ShardChecksum checksum = new ShardChecksum();
    checksum.add(bytes);
    return checksum.sum();
  }
}
