package org.pyparallel.merge;

import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// The shard that stands for all of them where results were put together.
public final class WholeRun {
  private static final String SOURCE = "<run>";

  private WholeRun() {}

  /// @param index behind those of all shards
  public static Shard shard(long index) {
    return new Shard(index, SOURCE, 0, -1, new ShardData.Nothing());
  }

  static boolean is(Shard shard) {
    return shard.data() instanceof ShardData.Nothing && shard.source().equals(SOURCE);
  }
}
