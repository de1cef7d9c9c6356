package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// [org.pyparallel.job.OutputFormat#JSONL]: one value per line, none of them torn.
final class JsonLinesWriter extends BufferedResultWriter {
  private final WholeLines lines;

  JsonLinesWriter(OutputBuffer out) {
    super(out);
    this.lines = new WholeLines(out::write);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    lines.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    lines.endOfShard(report.result());
    super.endOfShard(report);
  }
}
