package org.pyparallel.workload;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.pyparallel.job.Sharding;

/// Where regular files are to be cut: one rule for all files of an input.
sealed interface FileCut {
  /// The largest shard the runner chooses by itself, in bytes: large enough to make what a shard
  /// costs invisible, small enough for the last ones to end at about the same time.
  long LARGEST_BLOCK = 2 << 20;

  /// How many shards each worker should get at least, so that all end at about the same time and
  /// progress shows early even where few records cost much; a shard itself costs a fraction of a
  /// millisecond.
  int SHARDS_PER_WORKER = 32;

  /// At the first record end at or behind every `block` bytes; at least 1.
  record Bytes(long block) implements FileCut {}

  /// Behind every `count` records; at least 1.
  record Records(long count) implements FileCut {}

  /// The rule that follows from what the user asked for.
  ///
  /// @param sizes the files' sizes in bytes
  static FileCut of(Sharding sharding, long[] sizes, int workers) {
    return switch (sharding) {
      case Sharding.Adaptive() -> {
        long share = LongStream.of(sizes).sum() / ((long) workers * SHARDS_PER_WORKER);
        yield new Bytes(Math.clamp(share, 1, LARGEST_BLOCK));
      }
      case Sharding.Block(long bytes) -> new Bytes(bytes);
      case Sharding.Count(long count) -> new Bytes(blockForCount(sizes, count));
      case Sharding.Records(long records) -> new Records(records);
    };
  }

  /// The number of shards these files make, where it is known without looking for record ends: the
  /// input can be cut anywhere, or no file is cut at all.
  default OptionalLong shardCount(long[] sizes, RecordEnds ends) {
    return switch (this) {
      case Bytes(long block)
          when ends instanceof RecordEnds.Anywhere
              || LongStream.of(sizes).max().orElse(0) <= block ->
          OptionalLong.of(blocks(sizes, block));
      case Bytes _, Records _ ->
          LongStream.of(sizes).sum() == 0 ? OptionalLong.of(0) : OptionalLong.empty();
    };
  }

  /// The smallest block that makes no more than `count` shards of the files together, or the
  /// largest file's size where there are more files than that, since no shard spans two. A record
  /// longer than a block makes for fewer shards.
  private static long blockForCount(long[] sizes, long count) {
    long tooSmall = 0;
    long enough = Math.max(1, LongStream.of(sizes).max().orElse(0));
    while (enough - tooSmall > 1) {
      long middle = tooSmall + (enough - tooSmall) / 2;
      if (blocks(sizes, middle) <= count) {
        enough = middle;
      } else {
        tooSmall = middle;
      }
    }
    return enough;
  }

  private static long blocks(long[] sizes, long block) {
    return LongStream.of(sizes).map(size -> Math.ceilDiv(size, block)).sum();
  }
}
