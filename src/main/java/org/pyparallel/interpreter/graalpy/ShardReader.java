package org.pyparallel.interpreter.graalpy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.ShardData;

/// Reads the bytes of shards. Keeps the last file open, since shards of a file come one after the
/// other.
final class ShardReader implements AutoCloseable {
  private @Nullable Path file;
  private @Nullable FileChannel channel;

  /// All bytes of a shard; null where it has no data at all.
  ///
  /// @throws IOException if the file cannot be read, or ends before the shard does
  byte @Nullable [] read(ShardData data) throws IOException {
    return switch (data) {
      case ShardData.FileRange range -> read(range);
      case ShardData.Bytes bytes -> {
        ByteBuffer source = bytes.buffer().duplicate();
        byte[] copy = new byte[source.remaining()];
        source.get(copy);
        yield copy;
      }
      case ShardData.Nothing _ -> null;
    };
  }

  private byte[] read(ShardData.FileRange range) throws IOException {
    FileChannel source = channelOf(range.file());
    byte[] bytes = new byte[Math.toIntExact(range.length())];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    while (target.hasRemaining()) {
      long position = range.offset() + target.position();
      if (source.read(target, position) < 0) {
        throw new EOFException(
            "the file ends at byte " + position + ": it has shrunk during the run");
      }
    }
    return bytes;
  }

  private FileChannel channelOf(Path path) throws IOException {
    FileChannel known = channel;
    if (known != null && path.equals(file)) {
      return known;
    }
    close();
    FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
    channel = opened;
    file = path;
    return opened;
  }

  @Override
  public void close() {
    FileChannel known = channel;
    channel = null;
    if (known != null) {
      try {
        known.close();
      } catch (IOException _) {
        // only read from: nothing is lost
      }
    }
  }
}
