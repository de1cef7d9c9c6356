package org.pyparallel.workload;

import java.nio.file.Path;
import java.util.List;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// How the runner cuts an input whose shards must be the same whenever it is cut, see
/// [RunPlan#isCutTheSame]: by a size that hardly follows that of the input, and nothing else.
///
/// The size is a power of two, so that an input which has grown a little is still cut where it was.
/// Reductions keep the rule they have: their result may depend on it.
final class SameCut {
  /// About how many shards an input is cut into at least.
  private static final long SHARDS = 128;

  /// For files together with streams, whose size nobody knows, in bytes.
  private static final long MIXED_BLOCK = 256 << 10;

  private SameCut() {}

  /// Says for an adaptive plan how large its shards are; any other plan does so itself. Streams
  /// have sizes that follow from their bytes alone.
  static Sharding of(RunPlan plan) {
    if (!(plan.sharding() instanceof Sharding.Adaptive)) {
      return plan.sharding();
    }
    boolean reduced = plan.merging() instanceof Merging.Reduce;
    return switch (plan.input()) {
      case Input.Files(List<Path> files) when plan.format() == Format.FILES ->
          new Sharding.Records(
              reduced
                  ? Math.max(1, Math.ceilDiv(files.size(), ItemCut.PIECES_FOR_ANY_WORKERS))
                  : size(files.size(), files.size()));
      case Input.Files(List<Path> files) -> contents(plan, reduced, files);
      case Input.Range range ->
          items(reduced, RangeSplitter.of(plan, range).count(), RangeSplitter.BOUNDS.largest());
      case Input.Arguments arguments ->
          items(
              reduced,
              new ArgumentSplitter(plan, arguments).count(),
              ArgumentSplitter.BOUNDS.largest());
      case Input.Stdin(), Input.None() -> plan.sharding();
    };
  }

  private static Sharding contents(RunPlan plan, boolean reduced, List<Path> paths) {
    long total = 0;
    int ranges = 0;
    for (Path path : paths) {
      InputFile file = InputFile.at(path);
      total += file.size();
      ranges += file.access() == InputFile.Access.BY_RANGE ? 1 : 0;
    }
    if (ranges == paths.size() && total > 0) {
      return new Sharding.Block(
          reduced ? BlockSizes.ofReducedFiles(total) : size(total, FileCut.LARGEST_BLOCK));
    }
    return reduced || total == 0 ? plan.sharding() : new Sharding.Block(MIXED_BLOCK);
  }

  private static Sharding items(boolean reduced, long count, long largest) {
    return new Sharding.Records(
        reduced ? ItemCut.forAnyWorkers(count, largest) : size(count, largest));
  }

  private static long size(long total, long largest) {
    return Math.clamp(Long.highestOneBit(total / SHARDS), 1, Math.max(1, largest));
  }
}
