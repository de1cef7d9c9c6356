package org.pyparallel.interpreter.cpython;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.ShardData;

/// Puts a shard's bytes into a Python `bytes`, files straight from the kernel. Keeps the last file
/// open. Owner's thread only.
final class ShardBytes implements AutoCloseable {
  private static final int MAX_READ = 1 << 30;

  private final LibPython python;
  private @Nullable Path openPath;
  private @Nullable FileChannel openChannel;

  ShardBytes(LibPython python) {
    this.python = python;
  }

  /// @return a new reference to a `bytes`, or to `None` where there is no data
  /// @throws IOException if the file cannot be read, or ends before the shard does
  long load(ShardData data) throws IOException {
    return switch (data) {
      case ShardData.Nothing _ -> python.none;
      case ShardData.Bytes(ByteBuffer buffer) -> {
        long bytes = allocate(buffer.remaining());
        content(bytes, 0, buffer.remaining()).put(buffer.duplicate());
        yield bytes;
      }
      case ShardData.FileRange range -> {
        FileChannel channel = channel(range.file());
        long bytes = allocate(range.length());
        try {
          read(channel, range, bytes);
        } catch (IOException e) {
          python.decRef(bytes);
          throw e;
        }
        yield bytes;
      }
    };
  }

  private long allocate(long size) throws IOException {
    long bytes = python.bytesFromStringAndSize(0, size);
    if (bytes == 0) {
      python.clearError();
      throw new IOException("not enough memory for a shard of " + size + " bytes");
    }
    return bytes;
  }

  private void read(FileChannel channel, ShardData.FileRange range, long bytes) throws IOException {
    long done = 0;
    while (done < range.length()) {
      int size = (int) Math.min(MAX_READ, range.length() - done);
      int count = channel.read(content(bytes, done, size), range.offset() + done);
      if (count < 0) {
        throw new EOFException(
            "the file ends at byte " + (range.offset() + done) + ": it has shrunk during the run");
      }
      done += count;
    }
  }

  private ByteBuffer content(long bytes, long from, int size) {
    return MemorySegment.ofAddress(python.bytesAsString(bytes) + from)
        .reinterpret(size)
        .asByteBuffer();
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
  public void close() throws IOException {
    FileChannel channel = openChannel;
    if (channel != null) {
      openChannel = null;
      channel.close();
    }
  }
}
