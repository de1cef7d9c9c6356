package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.ShardData;

/// Compares a shard's bytes with those of an earlier run.
final class InputBytes {
  private static final int BUFFER = 1 << 18;

  private InputBytes() {}

  /// Whether the bytes have this sum.
  ///
  /// @param sum null where it is not known
  static boolean are(ShardData data, Format format, ShardChecksum.@Nullable Sum sum) {
    if (data instanceof ShardData.Range) {
      return true; // all of it is in the key
    }
    if (data instanceof ShardData.Bytes(ByteBuffer bytes)) {
      return format.isCounted() || ShardChecksum.of(bytes).equals(sum);
    }
    return data instanceof ShardData.FileRange range
        && sum != null
        && sum.length() == range.length()
        && sum.equals(sumOf(range));
  }

  private static ShardChecksum.@Nullable Sum sumOf(ShardData.FileRange range) {
    ShardChecksum checksum = new ShardChecksum();
    ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(range.length(), 1, BUFFER));
    Path file = range.file();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long position = range.offset();
      long end = position + range.length();
      while (position < end) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
        int count = channel.read(buffer, position);
        if (count < 0) {
          return null;
        }
        checksum.add(buffer.flip());
        position += count;
      }
    } catch (IOException _) {
      return null; // whoever runs the shard will find out as well, and say so
    }
    return checksum.sum();
  }
}
