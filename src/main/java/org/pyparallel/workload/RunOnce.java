package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.ShardData;

/// The one shard of a run that has no input.
final class RunOnce implements Splitter {
  private boolean done;

  @Override
  public @Nullable Piece next() {
    if (done) {
      return null;
    }
    done = true;
    return new Piece(0, 0, new ShardData.Nothing());
  }

  @Override
  public void close() {
    // Nothing is open, and the source does not ask again.
  }
}
