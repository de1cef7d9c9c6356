package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pyparallel.job.ShardResult;

/// Lets a shard's lines through, and an unfinished last line only when it is whole after all.
///
/// Chunks are cut anywhere. What follows a chunk's last line feed is kept until its own arrives; a
/// shard that broke off loses it. Costs nothing where chunks end with a line.
final class WholeLines {
  /// Takes bytes, whose end is the end of a line if no more follow before the next line.
  @FunctionalInterface
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  private static final byte[] NONE = {};

  /// A larger room for the kept bytes is given back after use.
  private static final int ORDINARY = 1 << 20;

  private final Sink sink;
  private byte[] kept = NONE;
  private int length;

  WholeLines(Sink sink) {
    this.sink = sink;
  }

  /// Takes the bytes between position and limit.
  void write(ByteBuffer chunk) throws IOException {
    int last = LineFeeds.last(chunk);
    if (last >= 0) {
      release();
      int limit = chunk.limit();
      chunk.limit(last + 1);
      sink.write(chunk);
      chunk.limit(limit);
      chunk.position(last + 1);
    }
    keep(chunk);
  }

  /// Ends the shard: what a finished one left without a line feed gets it.
  void endOfShard(ShardResult result) throws IOException {
    if (length > 0 && result instanceof ShardResult.Finished) {
      keep(ByteBuffer.wrap(new byte[] {'\n'}));
      release();
    }
    length = 0;
  }

  private void keep(ByteBuffer bytes) {
    int more = bytes.remaining();
    if (kept.length - length < more) {
      kept = Arrays.copyOf(kept, Math.max(Math.addExact(length, more), length * 2));
    }
    bytes.get(kept, length, more);
    length += more;
  }

  private void release() throws IOException {
    if (length > 0) {
      sink.write(ByteBuffer.wrap(kept, 0, length));
      length = 0;
      if (kept.length > ORDINARY) {
        kept = NONE;
      }
    }
  }
}
