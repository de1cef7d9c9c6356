package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// [org.pyparallel.job.OutputFormat#TEXT]: bytes as they are.
final class TextWriter implements ResultWriter {
  private final OutputBuffer out;

  TextWriter(OutputBuffer out) {
    this.out = out;
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    out.write(chunk);
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
