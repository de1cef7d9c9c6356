package org.pyparallel.output;

import java.io.IOException;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardReport;

/// What the writers of plain results share: one buffer, flushed at the end of a shard, when nothing
/// more is there to write, and at the end.
abstract class BufferedResultWriter implements ResultWriter {
  final OutputBuffer out;

  BufferedResultWriter(OutputBuffer out) {
    this.out = out;
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    out.endOfShard();
  }

  @Override
  public void idle() throws IOException {
    out.flush();
  }

  @Override
  public void finish(RunReport report) throws IOException {
    out.finish(report);
  }

  @Override
  public void close() {
    out.close();
  }
}
