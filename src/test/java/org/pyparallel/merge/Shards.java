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
  private Shards() {}

  static Shard shard(long index) {
    return new Shard(index, "in", index, -1, new ShardData.Bytes(ByteBuffer.allocate(1)));
  }

  static ShardReport end(Slot slot) {
    return slot.end(
        outputBytes ->
            new ShardReport(
                slot.shard,
                new ShardResult.Finished(1, 0, List.of()),
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                outputBytes));
  }

  /// The next bytes of a shard's output, which tell where they belong.
  ///
  /// @param from how many bytes of the same shard come before
  static ByteBuffer chunk(long shard, long from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      long place = from + i;
      bytes[i] = (byte) (shard * 37 + place * 7 + (place >> 8));
    }
    return ByteBuffer.wrap(bytes);
  }
}
