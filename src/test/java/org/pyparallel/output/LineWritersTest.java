package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.ShardResult;

/// Text and JSON Lines, which differ only in what becomes of a torn line.
class LineWritersTest {
  private final MemoryChannel stdout = new MemoryChannel();
  private final OutputBuffer out =
      new OutputBuffer(StreamDestination.standardOutput(stdout), new NanoClock());

  @Test
  void textPassesUnchanged() throws IOException {
    ResultWriter writer = new TextWriter(out);

    write(writer, "a\r\n\u0000b");
    end(writer, Samples.FAILED);
    write(writer, "c");
    end(writer, Samples.FINISHED);
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("a\r\n\u0000bc");
  }

  @Test
  void jsonLinesDropWhatABrokenShardLeftUnfinished() throws IOException {
    ResultWriter writer = new JsonLinesWriter(out);

    write(writer, "1\n{\"a\"");
    write(writer, ":2}\n{\"a\":");
    end(writer, Samples.FAILED);
    write(writer, "3\n4");
    end(writer, Samples.FINISHED);
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("1\n{\"a\":2}\n3\n4\n");
  }

  @Test
  void idleShowsWhatIsThere() throws IOException {
    ResultWriter writer = new TextWriter(out);

    write(writer, "half a line");
    assertThat(stdout.text()).isEmpty();
    writer.idle();

    assertThat(stdout.text()).isEqualTo("half a line");
  }

  @Test
  void anInterruptedRunShowsWhatItGot() throws IOException {
    ResultWriter writer = new TextWriter(out);

    write(writer, "some");
    writer.finish(Samples.report(End.INTERRUPTED));

    assertThat(stdout.text()).isEqualTo("some");
  }

  @Test
  void nothingIsWrittenToAClosedOutput() throws IOException {
    ResultWriter writer = new TextWriter(out);
    write(writer, "some");
    stdout.failWith("Broken pipe");

    writer.finish(Samples.report(End.OUTPUT_CLOSED));

    assertThat(stdout.text()).isEmpty();
  }

  @Test
  void standardOutputStaysOpen() {
    new TextWriter(out).close();

    assertThat(stdout.isOpen()).isTrue();
  }

  private static void write(ResultWriter writer, String text) throws IOException {
    writer.write(Samples.SHARD, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void end(ResultWriter writer, ShardResult result) throws IOException {
    writer.endOfShard(Samples.ended(0, result));
  }
}
