package org.pyparallel.workload;

import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// How many items each piece of a list gets whose length is known. The last piece gets what is
/// left.
sealed interface ItemCut {
  /// How many pieces a list is cut into where the cuts must not depend on the number of workers.
  int PIECES_FOR_ANY_WORKERS = 256;

  /// The same number for all, from 1.
  record Uniform(long size) implements ItemCut {}

  /// A small number first, so that all workers get something soon; it doubles whenever each of them
  /// could have had a piece.
  ///
  /// @param first from 1
  /// @param largest at least `first`
  /// @param workers from 1
  record Growing(long first, long largest, int workers) implements ItemCut {}

  /// About the same number for all, so that there is a given number of pieces.
  ///
  /// @param size of most pieces
  /// @param larger how many pieces, the first ones, get one item more
  record Even(long size, long larger) implements ItemCut {}

  /// What the runner may choose by itself.
  ///
  /// @param first the size of the first pieces
  /// @param largest the size that no piece exceeds
  record Bounds(long first, long largest) {}

  /// The rule that follows from what the user asked for.
  ///
  /// @param plan with any [Sharding] but a block, which counts bytes
  /// @param total how many items there are, from 0
  static ItemCut of(RunPlan plan, long total, Bounds bounds) {
    int workers = ShardSources.workersThatMatter(plan);
    return switch (plan.sharding()) {
      case Sharding.Adaptive() when workers == 0 ->
          new Uniform(forAnyWorkers(total, bounds.largest));
      case Sharding.Adaptive() -> {
        long share = Math.ceilDiv(total, (long) workers * FileCut.shardsPerWorker(plan));
        long largest = Math.clamp(share, 1, bounds.largest);
        yield plan.script().awaits()
            ? new Uniform(largest)
            : new Growing(Math.min(bounds.first, largest), largest, workers);
      }
      case Sharding.Records(long records) -> new Uniform(records);
      case Sharding.Count(long count) -> {
        long pieces = Math.clamp(total, 1, count);
        yield new Even(total / pieces, total % pieces);
      }
      case Sharding.Block _ -> throw new IllegalArgumentException("the size is not known");
    };
  }

  /// The size of all pieces where the number of workers must not matter.
  static long forAnyWorkers(long total, long largest) {
    return Math.clamp(total / PIECES_FOR_ANY_WORKERS, 1, largest);
  }

  /// The size of a piece that is not the last.
  ///
  /// @param piece its number, from 0
  default long size(long piece) {
    return switch (this) {
      case Uniform(long size) -> size;
      case Growing(long first, long largest, int workers) -> {
        long doublings = Math.min(piece / workers, Long.numberOfLeadingZeros(first) - 1);
        yield Math.min(first << doublings, largest);
      }
      case Even(long size, long larger) -> piece < larger ? size + 1 : size;
    };
  }

  /// How many pieces so many items make.
  default long pieces(long total) {
    return switch (this) {
      case Uniform(long size) -> Math.ceilDiv(total, size);
      case Growing(long first, long largest, int workers) -> {
        long left = total;
        long pieces = 0;
        long size = first;
        while (size < largest && left > size * workers) {
          left -= size * workers;
          pieces += workers;
          size = Math.min(2 * size, largest);
        }
        yield pieces + Math.ceilDiv(left, size);
      }
      case Even(long size, long larger) -> size == 0 ? larger : (total - larger) / size;
    };
  }
}
