package org.pyparallel.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The CPU time of the thread that makes it, for use by that thread, in steps of the kernel's tick
/// (1 to 10 ms): exact enough for a shard that matters.
///
/// Reads Linux's `/proc/thread-self/schedstat`, whose first number is nanoseconds on a processor; a
/// read of the open file takes 1 µs. The JDK's management beans tell the same at a cost of some 20
/// ms once, a tenth of a whole short run.
final class ThreadClock implements AutoCloseable {
  private static final Path FILE = Path.of("/proc/thread-self/schedstat");

  private final ByteBuffer buffer = ByteBuffer.allocate(64);
  private @Nullable FileChannel channel;

  ThreadClock() {
    try {
      channel = FileChannel.open(FILE, StandardOpenOption.READ);
    } catch (IOException e) {
      channel = null; // no Linux
    }
  }

  /// Nanoseconds since the thread began, or 0 where the platform does not tell.
  long nanos() {
    FileChannel open = channel;
    if (open == null) {
      return 0;
    }
    try {
      buffer.clear();
      int count = open.read(buffer, 0);
      long value = 0;
      for (int i = 0; i < count; i++) {
        int digit = buffer.get(i) - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        value = value * 10 + digit;
      }
      return value;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It was open for reading only: nothing is lost.
    }
  }
}
