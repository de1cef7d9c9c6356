package org.pyparallel.workload;

import java.util.OptionalLong;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// Where regular files are to be cut: one rule for all files of an input.
sealed interface FileCut {
  /// The largest shard the runner chooses by itself, in bytes: large enough to make what a shard
  /// costs invisible, small enough for the last ones to end at about the same time.
  long LARGEST_BLOCK = 2 << 20;

  /// The first shards are smaller, in bytes: who watches sees soon that the run gets on, and an
  /// error in every record shows before much time is lost.
  long FIRST_BLOCK = 64 << 10;

  /// And no larger than this part of the others, for inputs that are small but cost much.
  int FIRST_SHARE = 4;

  /// How many shards each worker should get at least, so that all end at about the same time and
  /// progress shows early even where few records cost much; a shard itself costs a fraction of a
  /// millisecond.
  int SHARDS_PER_WORKER = 32;

  /// How many shards each worker should get at least. Of those whose records wait for something,
  /// one: it is the records of one shard that wait at once.
  static int shardsPerWorker(RunPlan plan) {
    return plan.script().awaits() ? 1 : SHARDS_PER_WORKER;
  }

  /// At the first record end at or behind every block.
  ///
  /// @param first the first block's size, at least 1
  /// @param largest the largest block's size, at least `first`
  /// @param cutsPerSize after how many blocks the size doubles
  record Bytes(long first, long largest, int cutsPerSize) implements FileCut {
    /// Blocks of one size.
    Bytes(long block) {
      this(block, block, 1);
    }

    /// The sizes to work through, which go on from file to file.
    BlockSizes sizes() {
      return BlockSizes.growing(first, largest, cutsPerSize);
    }
  }

  /// Behind every `count` records; at least 1.
  record Records(long count) implements FileCut {}

  /// The rule that follows from what the user asked for.
  ///
  /// @param sizes the files' sizes in bytes
  static FileCut of(RunPlan plan, long[] sizes) {
    // No switch, which costs each start 2 ms: it makes a class for its types.
    Sharding sharding = plan.sharding();
    if (sharding instanceof Sharding.Block(long bytes)) {
      return new Bytes(bytes);
    }
    if (sharding instanceof Sharding.Count(long count)) {
      return new Bytes(blockForCount(sizes, count));
    }
    if (sharding instanceof Sharding.Records(long records)) {
      return new Records(records);
    }
    if (plan.isCutTheSame()) {
      return new Bytes(BlockSizes.ofReducedFiles(total(sizes)));
    }
    int perWorker = shardsPerWorker(plan);
    long share = total(sizes) / ((long) plan.workers() * perWorker);
    long block = Math.clamp(share, 1, LARGEST_BLOCK);
    long first = Math.clamp(block / Math.min(FIRST_SHARE, perWorker), 1, FIRST_BLOCK);
    return new Bytes(first, block, plan.workers());
  }

  /// The number of shards these files make, where it is known without looking for record ends: the
  /// input can be cut anywhere, or no file is cut at all.
  ///
  /// @param anywhere whether it can be cut anywhere
  default OptionalLong shardCount(long[] sizes, boolean anywhere) {
    if (this instanceof Bytes bytes && (anywhere || largest(sizes) <= bytes.first())) {
      return OptionalLong.of(blocks(sizes, bytes.sizes()));
    }
    return total(sizes) == 0 ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private static long total(long[] sizes) {
    long total = 0;
    for (long size : sizes) {
      total += size;
    }
    return total;
  }

  private static long largest(long[] sizes) {
    long largest = 0;
    for (long size : sizes) {
      largest = Math.max(largest, size);
    }
    return largest;
  }

  /// The smallest block that makes no more than `count` shards of the files together, or the
  /// largest file's size where there are more files than that, since no shard spans two. A record
  /// longer than a block makes for fewer shards.
  private static long blockForCount(long[] sizes, long count) {
    long tooSmall = 0;
    long enough = Math.max(1, largest(sizes));
    while (enough - tooSmall > 1) {
      long middle = tooSmall + (enough - tooSmall) / 2;
      if (blocks(sizes, BlockSizes.uniform(middle)) <= count) {
        enough = middle;
      } else {
        tooSmall = middle;
      }
    }
    return enough;
  }

  private static long blocks(long[] sizes, BlockSizes blocks) {
    long count = 0;
    for (long size : sizes) {
      long left = size;
      for (; left > 0 && !blocks.isGrown(); blocks.advance()) {
        left -= Math.min(left, blocks.block());
        count++;
      }
      count += Math.ceilDiv(left, blocks.block());
    }
    return count;
  }
}
