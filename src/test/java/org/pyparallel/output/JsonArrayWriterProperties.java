package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.ShardResult;

class JsonArrayWriterProperties {
  private MemoryChannel stdout = new MemoryChannel();
  private ResultWriter writer = writer(stdout);

  @BeforeTry
  void startAnew() {
    stdout = new MemoryChannel();
    writer = writer(stdout);
  }

  @Property
  void anyChunkingOfTheSameValuesGivesTheSameArray(
      @ForAll("shards") List<List<String>> shards,
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> cuts,
      @ForAll boolean direct)
      throws IOException {
    int cut = 0;
    for (List<String> values : shards) {
      byte[] bytes = lines(values);
      int length;
      for (int start = 0; start < bytes.length; start += length) {
        length = Math.min(bytes.length - start, cuts.get(cut++ % cuts.size()));
        write(bytes, start, length, direct);
      }
      end(Samples.FINISHED);
    }
    writer.finish(Samples.report(End.COMPLETE));

    List<String> all = shards.stream().flatMap(List::stream).toList();
    assertThat(stdout.text())
        .isEqualTo(all.isEmpty() ? "[]\n" : "[\n" + String.join(",\n", all) + "\n]\n");
  }

  @Example
  void noShardGivesAnEmptyArray() throws IOException {
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("[]\n");
  }

  @Example
  void anInterruptedRunStillGivesAnArray() throws IOException {
    write("1\n2\n\"unfin");
    end(new ShardResult.Interrupted());
    writer.finish(Samples.report(End.INTERRUPTED));

    assertThat(stdout.text()).isEqualTo("[\n1,\n2\n]\n");
  }

  @Example
  void aValueThatAFailedShardLeftUnfinishedIsDropped() throws IOException {
    write("[1,");
    end(Samples.FAILED);
    write("[2]\n");
    end(Samples.FINISHED);
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("[\n[2]\n]\n");
  }

  @Example
  void aLastValueWithoutLineEndCounts() throws IOException {
    write("1\n2");
    end(Samples.FINISHED);
    write("3\n");
    end(Samples.FINISHED);
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("[\n1,\n2,\n3\n]\n");
  }

  @Example
  void aBlankLineIsNoValue() throws IOException {
    write("\n1\n\n\n2\n\n");
    end(Samples.FINISHED);
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("[\n1,\n2\n]\n");
  }

  @Provide
  Arbitrary<List<List<String>>> shards() {
    Arbitrary<String> value =
        Arbitraries.strings()
            .withChars("a1\"{},[]: ü")
            .ofMinLength(1)
            .ofMaxLength(40)
            .edgeCases(config -> config.add("null", "\"\""));
    return value.list().ofMaxSize(6).list().ofMaxSize(4);
  }

  private static ResultWriter writer(MemoryChannel stdout) {
    return new JsonArrayWriter(
        new OutputBuffer(StreamDestination.standardOutput(stdout), new NanoClock()));
  }

  private static byte[] lines(List<String> values) {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      text.append(value).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length, false);
  }

  private void write(byte[] bytes, int start, int length, boolean direct) throws IOException {
    ByteBuffer chunk = ByteBuffer.wrap(bytes, start, length);
    if (direct) {
      chunk = ByteBuffer.allocateDirect(length).put(chunk).flip();
    }
    writer.write(Samples.SHARD, chunk.asReadOnlyBuffer());
  }

  private void end(ShardResult result) throws IOException {
    writer.endOfShard(Samples.ended(0, result));
  }
}
