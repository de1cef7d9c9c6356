package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// [org.pyparallel.job.OutputFormat#JSONL]: one value per line, none of them torn.
final class JsonLinesWriter implements ResultWriter {
  private final OutputBuffer out;
  private final WholeLines lines;

  JsonLinesWriter(OutputBuffer out) {
    this.out = out;
    this.lines = new WholeLines(out::write);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    lines.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    lines.endOfShard(report.result());
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
