package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// [org.pyparallel.job.OutputFormat#JSON]: all values of the run as one array.
final class JsonArrayWriter extends BufferedResultWriter {
  private static final byte[] LINE_END = {'\n'};

  private final ValueArray array;

  JsonArrayWriter(OutputBuffer out) {
    super(out);
    this.array = new ValueArray(out);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    array.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    array.endOfShard(report.result());
    super.endOfShard(report);
  }

  @Override
  public void finish(RunReport report) throws IOException {
    if (report.end() != RunReport.End.OUTPUT_CLOSED) {
      array.finish();
      out.write(LINE_END);
      super.finish(report);
    }
  }
}
