package org.pyparallel.interpreter;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads byte ranges of files. Keeps the last file open, since shards of a file come one after the
/// other. For one thread.
public final class RangeReader implements AutoCloseable {
  private @Nullable Path openPath;
  private @Nullable FileChannel openChannel;

  /// Fills a buffer.
  ///
  /// @param position where in the file to begin, in bytes
  /// @param target filled from its position to its limit
  /// @throws IOException if the file cannot be read, or ends before the buffer is full: a shard
  ///   must not lose records silently
  public void read(Path file, long position, ByteBuffer target) throws IOException {
    FileChannel channel = channel(file);
    long next = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, next);
      if (count < 0) {
        throw new EOFException("the file ends at byte " + next + ": it has shrunk during the run");
      }
      next += count;
    }
  }

  private FileChannel channel(Path path) throws IOException {
    FileChannel channel = openChannel;
    if (channel == null || !path.equals(openPath)) {
      close();
      channel = FileChannel.open(path, StandardOpenOption.READ);
      openChannel = channel;
      openPath = path;
    }
    return channel;
  }

  @Override
  public void close() {
    FileChannel channel = openChannel;
    openChannel = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException _) {
        // It was open for reading only: nothing is lost.
      }
    }
  }
}
