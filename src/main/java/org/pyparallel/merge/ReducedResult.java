package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Passes the one result of a run that reduces on, and no report of it, since it belongs to no
/// shard.
final class ReducedResult implements ResultSink {
  private final ResultSink next;

  ReducedResult(ResultSink next) {
    this.next = next;
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    next.write(shard, chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    if (!WholeRun.is(report.shard())) {
      next.endOfShard(report);
    }
  }

  @Override
  public void idle() throws IOException {
    next.idle();
  }
}
