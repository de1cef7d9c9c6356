package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunReport.End;

/// However the workers' bytes are cut, every row comes under the header it belongs to.
class CsvWriterProperties {
  private static final List<String> HEADER = List.of("plain", "with,comma", "with\nline \"end\"");

  /// A row with the fields of some columns of the header, in some order.
  record Row(List<Integer> columns, List<String> fields) {
    List<String> names() {
      return columns.stream().map(HEADER::get).toList();
    }

    /// What the table has: all columns in order.
    String under(List<String> header) {
      Map<String, String> byName = new TreeMap<>();
      for (int i = 0; i < columns.size(); i++) {
        byName.put(HEADER.get(columns.get(i)), field(i, columns.size()));
      }
      return header.stream().map(name -> byName.getOrDefault(name, "")).collect(joining());
    }

    String written() {
      return IntStream.range(0, columns.size())
          .mapToObj(i -> field(i, columns.size()))
          .collect(joining());
    }

    private String field(int i, int count) {
      String text = quoted(fields.get(i));
      return text.isEmpty() && count == 1 ? "\"\"" : text;
    }
  }

  @Property
  void anyChunkingOfTheSameRowsGivesTheSameTable(
      @ForAll("shards") List<List<Row>> shards,
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> cuts,
      @ForAll boolean direct)
      throws IOException {
    MemoryChannel stdout = new MemoryChannel();
    ResultWriter writer =
        new CsvWriter(
            new OutputBuffer(StreamDestination.standardOutput(stdout), new NanoClock()), ',');
    StringBuilder expected = new StringBuilder();
    List<Row> first = List.of(new Row(List.of(0, 1, 2), List.of("1", "2", "3")));
    List<List<Row>> all = new ArrayList<>(List.of(first));
    all.addAll(shards);
    int cut = 0;
    for (List<Row> shard : all) {
      byte[] bytes = written(shard);
      int length;
      for (int start = 0; start < bytes.length; start += length) {
        length = Math.min(bytes.length - start, cuts.get(cut++ % cuts.size()));
        ByteBuffer chunk = ByteBuffer.wrap(bytes, start, length);
        if (direct) {
          chunk = ByteBuffer.allocateDirect(length).put(chunk).flip();
        }
        writer.write(Samples.SHARD, chunk.asReadOnlyBuffer());
      }
      writer.endOfShard(Samples.ended(0, Samples.FINISHED));
      for (Row row : shard) {
        expected.append(row.under(HEADER)).append('\n');
      }
    }
    writer.finish(Samples.report(End.COMPLETE));

    String header = HEADER.stream().map(CsvWriterProperties::quoted).collect(joining());
    assertThat(stdout.text()).isEqualTo(header + "\n" + expected);
  }

  @Provide
  Arbitrary<List<List<Row>>> shards() {
    Arbitrary<String> field = Arbitraries.strings().withChars("a1\",\n\r ü").ofMaxLength(12);
    Arbitrary<Row> row =
        Arbitraries.of(
                List.of(0, 1, 2),
                List.of(0, 1, 2),
                List.of(0, 1, 2),
                List.of(2, 0, 1),
                List.of(1),
                List.of(2, 1))
            .flatMap(columns -> field.list().ofSize(columns.size()).map(f -> new Row(columns, f)));
    return row.list().ofMaxSize(6).list().ofMaxSize(4);
  }

  /// What a worker would write.
  private static byte[] written(List<Row> shard) {
    StringBuilder text = new StringBuilder();
    @Nullable List<String> names = null;
    for (Row row : shard) {
      if (!row.names().equals(names)) {
        names = row.names();
        text.append('\0')
            .append(names.stream().map(CsvWriterProperties::quoted).collect(joining()))
            .append('\n');
      }
      text.append(row.written()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(",");
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
