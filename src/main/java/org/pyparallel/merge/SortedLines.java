package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;

/// Passes the lines of results on, in chunks of whole lines.
final class SortedLines implements RunMerge.Target {
  private static final int CAPACITY = 256 << 10;

  private final ResultSink next;
  private final Shard shard = WholeRun.shard(0);
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CAPACITY);
  private int used;
  private long written;

  SortedLines(ResultSink next) {
    this.next = next;
  }

  @Override
  public void take(RunReader result) throws IOException {
    int size = result.lineLength();
    if (used + size >= CAPACITY) {
      flush();
      if (size >= CAPACITY) {
        large(result.memory().bytes().slice(result.lineStart(), size));
        return;
      }
    }
    chunk.put(used, result.memory().bytes(), result.lineStart(), size);
    chunk.put(used + size, (byte) '\n');
    used += size + 1;
  }

  /// A line larger than a chunk.
  private void large(ByteBuffer line) throws IOException {
    while (line.hasRemaining()) {
      ByteBuffer part = line.slice(line.position(), Math.min(line.remaining(), CAPACITY));
      line.position(line.position() + part.remaining());
      written += part.remaining();
      next.write(shard, part);
    }
    chunk.put(0, (byte) '\n');
    used = 1;
  }

  /// Passes on what is held back.
  void flush() throws IOException {
    if (used == 0) {
      return;
    }
    written += used;
    next.write(shard, chunk.limit(used).position(0));
    chunk.clear();
    used = 0;
  }

  /// How many bytes were passed on.
  long written() {
    return written;
  }
}
