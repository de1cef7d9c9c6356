package org.pyparallel.workload;

import org.pyparallel.job.Format;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// How large the blocks are that an input is cut into, one after the other.
///
/// What is reduced has to be cut the same way however many workers there are and however slowly the
/// input comes: each shard gives one partial result, and these are combined pair by pair. So there
/// the sizes follow from the bytes alone.
///
/// Used by one thread at a time.
final class BlockSizes {
  /// The largest block of a reduction over files, in bytes; and into how many blocks files are cut
  /// at most.
  private static final long LARGEST_REDUCED_BLOCK = 16 << 20;

  private static final int MOST_REDUCED_BLOCKS = 256;

  /// Files of this size and more, in bytes, are cut into fewer as long as the blocks stay below a
  /// mebibyte, but not into fewer than these: what shards leave is large where they count words,
  /// say, and the more so in relation to their bytes the smaller they are. Where smaller files take
  /// long it is not for their bytes.
  private static final long REDUCED_DATA = 4 << 20;

  private static final int LEAST_REDUCED_BLOCKS = 64;
  private static final long REDUCED_DATA_BLOCK = 1 << 20;

  /// A stream that is reduced has so many blocks of each size: its length is not known.
  private static final int REDUCED_BLOCKS_PER_SIZE = 16;

  private static final int PIECES_PER_WORKER_AT_END = 4;

  private final long largest;
  private final int cutsPerSize;
  private final long piecesAtEnd;
  private final boolean hasty;
  private long block;
  private int cuts;
  private boolean ending;

  private BlockSizes(long first, long largest, int cutsPerSize, long piecesAtEnd, boolean hasty) {
    this.block = Math.min(first, largest);
    this.largest = largest;
    this.cutsPerSize = cutsPerSize;
    this.piecesAtEnd = piecesAtEnd;
    this.hasty = hasty;
  }

  /// The sizes for a stream, none larger than [BlockCut#LARGEST].
  static BlockSizes ofStream(RunPlan plan) {
    boolean reduced = plan.isCutTheSame();
    // A file's name is worth more work than a line as long.
    boolean names = plan.format() == Format.FILES;
    return switch (plan.sharding()) {
      case Sharding.Adaptive() when reduced ->
          new BlockSizes(1 << 10, names ? 16 << 10 : 4 << 20, REDUCED_BLOCKS_PER_SIZE, 1, false);
      case Sharding.Adaptive() -> {
        long first = names ? 1 << 10 : FileCut.FIRST_BLOCK;
        long largest = names ? 16 << 10 : FileCut.LARGEST_BLOCK;
        int workers = plan.workers();
        int piecesPerWorker = plan.script().awaits() ? 1 : PIECES_PER_WORKER_AT_END;
        yield new BlockSizes(first, largest, workers, (long) workers * piecesPerWorker, true);
      }
      case Sharding.Block(long bytes) -> {
        long block = Math.min(bytes, BlockCut.LARGEST);
        yield reduced ? uniform(block) : steady(block);
      }
      case Sharding.Count _, Sharding.Records _ -> throw new IllegalArgumentException("no blocks");
    };
  }

  /// The size of the blocks of files that are reduced.
  static long ofReducedFiles(long totalSize) {
    long least = totalSize / MOST_REDUCED_BLOCKS;
    if (totalSize >= REDUCED_DATA) {
      least = Math.max(least, Math.min(totalSize / LEAST_REDUCED_BLOCKS, REDUCED_DATA_BLOCK));
    }
    return Math.clamp(least, 1, LARGEST_REDUCED_BLOCK);
  }

  /// Blocks of one size, however slowly the bytes come.
  static BlockSizes uniform(long bytes) {
    return new BlockSizes(bytes, bytes, 1, 1, false);
  }

  /// Blocks of one size, smaller where the bytes come slowly.
  static BlockSizes steady(long bytes) {
    return new BlockSizes(bytes, bytes, 1, 1, true);
  }

  /// Blocks that start small, so that all workers get something soon, and double each time every
  /// worker could have had one; smaller where the bytes come slowly. What is left when a stream
  /// ends is shared out evenly.
  static BlockSizes growing(long first, long largest, int workers) {
    return new BlockSizes(first, largest, workers, (long) workers * PIECES_PER_WORKER_AT_END, true);
  }

  /// The size of the next block in bytes, at least 1.
  long block() {
    return block;
  }

  /// Whether all blocks to come are of this size.
  boolean isGrown() {
    return block == largest || ending;
  }

  /// Whether what came so far is cut when a stream does not fill a block soon.
  boolean isHasty() {
    return hasty;
  }

  /// Tells that a block was cut.
  void advance() {
    if (!isGrown() && ++cuts == cutsPerSize) {
      block = Math.min(2 * block, largest);
      cuts = 0;
    }
  }

  /// Tells that the stream ended.
  ///
  /// @param left how many bytes are not cut yet
  /// @return whether the blocks to come are other ones now
  boolean end(long left) {
    if (ending || piecesAtEnd == 1) {
      return false;
    }
    ending = true;
    block = Math.clamp(Math.ceilDiv(left, piecesAtEnd), 1, block);
    return true;
  }
}
