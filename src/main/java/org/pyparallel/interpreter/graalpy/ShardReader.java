package org.pyparallel.interpreter.graalpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.ShardData;

/// Reads the bytes of shards. Keeps the last file open, since shards of a file come one after the
/// other.
final class ShardReader implements AutoCloseable {
  private @Nullable Path file;
  private @Nullable FileChannel channel;

  /// All bytes of a shard, fewer where its file has shrunk; null where it has no data at all.
  ///
  /// @throws PyParallelException.InputFailed if the file cannot be read
  byte @Nullable [] read(ShardData data) {
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

  private byte[] read(ShardData.FileRange range) {
    byte[] bytes = new byte[Math.toIntExact(range.length())];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    try {
      FileChannel source = channelOf(range.file());
      while (target.hasRemaining()
          && source.read(target, range.offset() + target.position()) >= 0) {
        // on to the rest
      }
    } catch (IOException e) {
      throw new PyParallelException.InputFailed(range.file() + ": " + e.getMessage(), e);
    }
    return target.hasRemaining() ? Arrays.copyOf(bytes, target.position()) : bytes;
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
