package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Shards of which only the number matters, and what they write.
final class Shards {
  private static final long LONG_LINE = 300_007;

  private Shards() {}

  static Shard shard(long index) {
    return new Shard(index, "in", index, -1, new ShardData.Bytes(ByteBuffer.allocate(1)));
  }

  static ShardReport end(Slot slot) {
    return end(slot, new ShardResult.Finished(1, 0, List.of()));
  }

  static ShardReport interrupt(Slot slot) {
    return end(slot, new ShardResult.Interrupted());
  }

  private static ShardReport end(Slot slot, ShardResult result) {
    return slot.end(
        outputBytes ->
            new ShardReport(
                slot.shard, result, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, outputBytes));
  }

  /// The next bytes of a shard's output, which tell where they belong. Every third shard's lines
  /// are longer than a small slot.
  ///
  /// @param from how many bytes of the same shard come before
  static ByteBuffer chunk(long shard, long from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      long place = from + i;
      bytes[i] = (byte) (shard * 37 + place * 7 + (place >> 8));
      if (shard % 3 == 0 && bytes[i] == '\n') {
        bytes[i] = ' ';
      }
      if (shard % 3 == 0 && place % LONG_LINE == LONG_LINE - 1) {
        bytes[i] = '\n';
      }
    }
    return ByteBuffer.wrap(bytes);
  }
}
