package org.pyparallel.interpreter.graalpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.RangeReader;
import org.pyparallel.job.ShardData;

/// Reads the bytes of shards into arrays. Owner's thread only.
final class ShardReader implements AutoCloseable {
  private final RangeReader reader = new RangeReader();

  /// All bytes of a shard; null where it has no data at all.
  ///
  /// @throws IOException if the file cannot be read, or ends before the shard does
  byte @Nullable [] read(ShardData data) throws IOException {
    return switch (data) {
      case ShardData.FileRange range -> {
        byte[] bytes = new byte[Math.toIntExact(range.length())];
        reader.read(range.file(), range.offset(), ByteBuffer.wrap(bytes));
        yield bytes;
      }
      case ShardData.Bytes(ByteBuffer buffer) -> {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        yield copy;
      }
      case ShardData.Range range -> DriverProtocol.range(range);
      case ShardData.Nothing _ -> null;
    };
  }

  @Override
  public void close() {
    reader.close();
  }
}
