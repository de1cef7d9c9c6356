package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// Sources whose plan wants every shard to know what comes before it.
class NumberedSourceTest {
  private final Path folder;

  NumberedSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void numberedFilesAreNumbered() throws IOException {
    String text = "1\n\n3\n".repeat(100);
    for (Format format : List.of(Format.LINES, Format.JSONL, Format.VALUES)) {
      for (Shard shard : numbered(format, text)) {
        long before = text.substring(0, (int) shard.offset()).lines().count();
        assertThat(shard.firstRecord()).isEqualTo(before);
        assertThat(shard.firstLine()).isEqualTo(before);
      }
    }
    assertThat(numbered(Format.TEXT, text)).extracting(Shard::firstLine).startsWith(0L, 3L, 6L);
    assertThat(numbered(Format.TEXT, text)).extracting(Shard::firstRecord).startsWith(0L, -1L);
    assertThat(numbered(Format.BYTES, text)).extracting(Shard::firstLine).startsWith(0L, 3L, 6L);
    assertThat(numbered(Format.NULL, "a\nb\0c\0d\0"))
        .extracting(Shard::firstRecord, Shard::firstLine)
        .containsExactly(tuple(0L, 0L), tuple(2L, 1L));
  }

  @Test
  void numberedStreamsAreNumbered() {
    var plan =
        Plans.plan(
            new Input.Stdin(),
            Format.NULL,
            FormatOptions.of(Format.NULL),
            true,
            new Sharding.Records(2),
            2,
            new Merging.Join());

    var stdin = new ByteArrayInputStream("a\nb\0c\0d\0".getBytes(UTF_8));
    assertThat(Shards.drain(ShardSources.open(plan, stdin)))
        .extracting(Shard::firstRecord, Shard::firstLine)
        .containsExactly(tuple(0L, 0L), tuple(2L, 1L));
  }

  private List<Shard> numbered(Format format, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("numbered"), text);
    var plan =
        Plans.plan(
            new Input.Files(List.of(file)),
            format,
            FormatOptions.of(format),
            true,
            new Sharding.Block(5),
            2,
            new Merging.Join());
    return Shards.drain(ShardSources.open(plan, InputStream.nullInputStream()));
  }
}
