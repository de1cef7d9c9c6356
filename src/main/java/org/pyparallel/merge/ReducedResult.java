package org.pyparallel.merge;

import java.io.IOException;
import org.pyparallel.job.ShardReport;

/// Passes the one result of a run that reduces on, and no report of it, since it belongs to no
/// shard.
final class ReducedResult extends MergingSink {
  ReducedResult(ResultSink next) {
    super(next);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    if (!WholeRun.is(report.shard())) {
      super.endOfShard(report);
    }
  }
}
