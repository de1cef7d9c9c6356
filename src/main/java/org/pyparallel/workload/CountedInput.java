package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads a file in large pieces for a decoder that takes small ones, and knows how far that is and
/// whether it was the file that failed.
final class CountedInput extends InputStream {
  private static final int READ = 64 << 10;

  private final InputStream file;
  private final byte[] buffer = new byte[READ];
  private int next;
  private int filled;
  private long position;
  private boolean exhausted;
  private @Nullable IOException failure;

  CountedInput(InputStream file) {
    this.file = file;
  }

  /// How many bytes were taken.
  long position() {
    return position;
  }

  /// Whether more bytes were asked for than there are.
  boolean exhausted() {
    return exhausted;
  }

  /// Why the file itself could not be read on, or null.
  @Nullable IOException failure() {
    return failure;
  }

  /// Copies the first bytes without taking them; for use before anything is taken.
  ///
  /// @return how many there are, fewer than asked for at the end of the file only
  int peek(byte[] target) throws IOException {
    while (filled < target.length) {
      int count = readMore();
      if (count < 0) {
        break;
      }
      filled += count;
    }
    int there = Math.min(filled, target.length);
    System.arraycopy(buffer, 0, target, 0, there);
    return there;
  }

  @Override
  public int read() throws IOException {
    if (next == filled && !fill()) {
      return -1;
    }
    position++;
    return buffer[next++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - next);
    System.arraycopy(buffer, next, target, offset, count);
    next += count;
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = 0;
    filled = Math.max(0, readMore());
    exhausted |= filled == 0;
    return filled > 0;
  }

  private int readMore() throws IOException {
    try {
      return file.read(buffer, filled, buffer.length - filled);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
