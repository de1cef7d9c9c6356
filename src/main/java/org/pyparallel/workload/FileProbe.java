package org.pyparallel.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// Looks for record ends in a file, at any position, reading as little as it can.
///
/// It keeps what it read last and goes on from there. A jump reads 4 KiB, since most records end
/// within that; each further read that follows on is four times as large, up to 1 MiB, so that a
/// very long record is passed at the speed of the disk.
///
/// Used by one thread at a time, except [#close].
final class FileProbe implements AutoCloseable {
  static final int SMALLEST_READ = 4 << 10;
  static final int LARGEST_READ = 1 << 20;

  /// The memory of the probes and windows of one source, which work one after the other: direct
  /// buffers come back late, and there may be many files.
  static final class Memory {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    ByteBuffer ofSize(int size) {
      if (buffer.capacity() < size) {
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
      }
      return buffer.clear().limit(size);
    }
  }

  private final PositionedFile file;
  private final long size;
  private final RecordEnds ends;
  private final Memory memory;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;
  private int readSize = SMALLEST_READ;

  /// @param size what counts as the end of the file, even if it grows
  FileProbe(Path file, long size, RecordEnds ends, Memory memory) {
    this.file = new PositionedFile(file);
    this.size = size;
    this.ends = ends;
    this.memory = memory;
  }

  /// The position behind the `n`th record that ends at or after `from`.
  ///
  /// @param from from 0 to the file's size
  /// @param n from 1
  /// @return the position, or the file's size where fewer records end (or where it has shrunk)
  long behind(long from, long n) throws IOException {
    long position = from;
    long missing = n;
    while (position < size) {
      if ((position < windowStart || position >= windowEnd()) && !read(position)) {
        return size;
      }
      int wanted = (int) Math.min(missing, Integer.MAX_VALUE);
      int at = ends.nth(window, (int) (position - windowStart), window.limit(), wanted);
      if (at >= 0 && wanted == missing) {
        return windowStart + at + 1;
      }
      missing -= at >= 0 ? wanted : wanted + 1 + at;
      position = at >= 0 ? windowStart + at + 1 : windowEnd();
    }
    return size;
  }

  private long windowEnd() {
    return windowStart + window.limit();
  }

  private boolean read(long position) throws IOException {
    boolean goesOn = position == windowEnd() && window.limit() > 0;
    readSize = goesOn ? Math.min(readSize * 4, LARGEST_READ) : SMALLEST_READ;
    window = memory.ofSize((int) Math.min(readSize, size - position));
    windowStart = position;
    int read = file.read(window, position);
    window.limit(Math.max(0, read));
    return read > 0;
  }

  /// Closes the file; a running search fails with an [IOException]. Idempotent; any thread.
  @Override
  public void close() {
    file.close();
  }
}
