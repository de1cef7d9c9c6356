package org.pyparallel.interpreter.cpython;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.RangeReader;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.ShardData;

/// Puts a shard's bytes into a Python `bytes`, files straight from the kernel. Owner's thread only.
final class ShardBytes implements AutoCloseable {
  /// The most that fits a buffer's index.
  private static final int MAX_READ = 1 << 30;

  private final LibPython python;
  private final RangeReader reader = new RangeReader();

  ShardBytes(LibPython python) {
    this.python = python;
  }

  /// @param output is shown the bytes
  /// @return a new reference to a `bytes`, or to `None` where there is no data
  /// @throws IOException if the file cannot be read, or ends before the shard does
  long load(ShardData data, ShardOutput output) throws IOException {
    // No switch, which costs each start 2 ms: it makes a class for its types.
    if (data instanceof ShardData.FileRange range) {
      return load(range, output);
    }
    if (data instanceof ShardData.Bytes(ByteBuffer buffer)) {
      long bytes = allocate(buffer.remaining());
      content(bytes, 0, buffer.remaining()).put(buffer.duplicate());
      output.loaded(buffer.duplicate());
      return bytes;
    }
    if (data instanceof ShardData.Range range) {
      byte[] text = DriverProtocol.range(range);
      long bytes = allocate(text.length);
      content(bytes, 0, text.length).put(text);
      return bytes;
    }
    return python.none;
  }

  private long load(ShardData.FileRange range, ShardOutput output) throws IOException {
    long bytes = allocate(range.length());
    try {
      read(range, bytes, output);
    } catch (IOException e) {
      python.decRef(bytes);
      throw e;
    }
    return bytes;
  }

  private long allocate(long size) throws IOException {
    long bytes = python.bytesFromStringAndSize(0, size);
    if (bytes == 0) {
      python.clearError();
      throw new IOException("not enough memory for a shard of " + size + " bytes");
    }
    return bytes;
  }

  private void read(ShardData.FileRange range, long bytes, ShardOutput output) throws IOException {
    for (long done = 0; done < range.length(); done += MAX_READ) {
      int size = (int) Math.min(MAX_READ, range.length() - done);
      ByteBuffer part = content(bytes, done, size);
      reader.read(range.file(), range.offset() + done, part);
      output.loaded(part.flip());
    }
  }

  private ByteBuffer content(long bytes, long from, int size) {
    return MemorySegment.ofAddress(python.bytesAsString(bytes) + from)
        .reinterpret(size)
        .asByteBuffer();
  }

  @Override
  public void close() {
    reader.close();
  }
}
