package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Cuts a range of integers, of which none is ever written down.
///
/// All arithmetic is modulo 2^64, and right where numbers, but not what lies between them, fit into
/// 64 bits with a sign.
final class RangeSplitter implements Splitter {
  static final ItemCut.Bounds BOUNDS = new ItemCut.Bounds(64, 1 << 18);

  private final Input.Range range;
  private final long count;
  private final ItemCut cut;
  private long index;
  private long piece;

  private RangeSplitter(Input.Range range, long count, ItemCut cut) {
    this.range = range;
    this.count = count;
    this.cut = cut;
  }

  /// @throws PyParallelException.Usage if the range is too long, or to be cut by bytes
  static RangeSplitter of(RunPlan plan, Input.Range range) {
    if (plan.sharding() instanceof Sharding.Block) {
      throw new PyParallelException.Usage(
          "--block counts bytes, and a range has none: use -N or --shards");
    }
    long count = count(range);
    return new RangeSplitter(range, count, ItemCut.of(plan, count, BOUNDS));
  }

  private static long count(Input.Range range) {
    boolean up = range.step() > 0;
    if (up ? range.last() < range.first() : range.last() > range.first()) {
      return 0;
    }
    long distance = up ? range.last() - range.first() : range.first() - range.last();
    long steps = Long.divideUnsigned(distance, up ? range.step() : -range.step());
    if (steps < 0 || steps == Long.MAX_VALUE) {
      throw new PyParallelException.Usage(
          "the range has more than " + Long.MAX_VALUE + " numbers: take a part of it at a time");
    }
    return steps + 1;
  }

  /// How many numbers there are.
  long count() {
    return count;
  }

  /// How many pieces there are.
  long pieces() {
    return cut.pieces(count);
  }

  @Override
  public @Nullable Piece next() {
    if (index == count) {
      return null;
    }
    long size = Math.min(cut.size(piece++), count - index);
    long first = range.first() + index * range.step();
    var numbers = new Piece(index, index, new ShardData.Range(first, size, range.step()));
    index += size;
    return numbers;
  }

  @Override
  public void close() {
    // Nothing is open, and the source does not ask again.
  }
}
