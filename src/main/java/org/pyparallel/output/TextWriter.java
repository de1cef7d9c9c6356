package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.job.Shard;

/// [org.pyparallel.job.OutputFormat#TEXT]: bytes as they are.
final class TextWriter extends BufferedResultWriter {
  TextWriter(OutputBuffer out) {
    super(out);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    out.write(chunk);
  }
}
