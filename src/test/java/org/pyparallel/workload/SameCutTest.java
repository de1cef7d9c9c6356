package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// Inputs whose shards are to be the same whenever they are cut.
class SameCutTest {
  private static final Sharding ADAPTIVE = new Sharding.Adaptive();

  private final Path folder;

  SameCutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /// With a seed, which says that cuts must be the same.
  private static RunPlan seeded(Input input, Format format, Sharding sharding, int workers) {
    return Plans.plan(input, format, sharding, workers)
        .with(
            new PythonOptions(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.of(0),
                Optional.empty()));
  }

  private Path file(String name, int lines) throws IOException {
    return Files.writeString(folder.resolve(name), "0123456\n".repeat(lines));
  }

  private static List<Shard> shards(RunPlan plan) {
    return Shards.drain(ShardSources.open(plan, InputStream.nullInputStream()));
  }

  @Test
  void filesAreCutTheSameForEveryNumberOfWorkers() throws IOException {
    var input = new Input.Files(List.of(file("a", 5_000), file("b", 3_000)));
    RunPlan plan = seeded(input, Format.LINES, ADAPTIVE, 1);

    assertThat(ShardSources.cut(plan)).isEqualTo(new Sharding.Block(256));
    assertThat(shards(plan)).isEqualTo(shards(seeded(input, Format.LINES, ADAPTIVE, 64)));
    assertThat(shards(plan))
        .isEqualTo(shards(plan.with(ShardSources.cut(plan))))
        .hasSizeBetween(128, 256);
  }

  @Test
  void aFileThatHasGrownALittleIsCutWhereItWas() throws IOException {
    List<Shard> before =
        shards(seeded(new Input.Files(List.of(file("a", 8_192 + 1))), Format.LINES, ADAPTIVE, 2));
    List<Shard> after =
        shards(seeded(new Input.Files(List.of(file("a", 16_383))), Format.LINES, ADAPTIVE, 5));

    assertThat(after.subList(0, before.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
  }

  @Test
  void blocksAreNeverLargerThanOthers() throws IOException {
    Path large = folder.resolve("large");
    try (var channel =
        java.nio.channels.FileChannel.open(
            large,
            java.util.Set.of(
                java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE))) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 10L << 30); // a hole
    }
    RunPlan plan = seeded(new Input.Files(List.of(large)), Format.BYTES, ADAPTIVE, 3);

    assertThat(ShardSources.cut(plan)).isEqualTo(new Sharding.Block(2 << 20));
  }

  @Test
  void whatTheUserAskedForHolds() throws IOException {
    var input = new Input.Files(List.of(file("a", 100)));
    Sharding asked = new Sharding.Block(77);

    assertThat(ShardSources.cut(seeded(input, Format.LINES, asked, 1))).isEqualTo(asked);
  }

  @Test
  void reductionsAreCutAsEver() throws IOException {
    var input = new Input.Files(List.of(file("a", 5_000)));
    RunPlan plan =
        Plans.plan(
            input,
            Format.LINES,
            FormatOptions.of(Format.LINES),
            ADAPTIVE,
            new Merging.Reduce("sum"),
            2);
    RunPlan range =
        Plans.plan(
            new Input.Range(1, 10_000, 1),
            Format.RANGE,
            FormatOptions.of(Format.RANGE),
            ADAPTIVE,
            new Merging.Reduce("sum"),
            2);

    assertThat(shards(plan.with(ShardSources.cut(plan)))).isEqualTo(shards(plan)).hasSize(250);
    assertThat(shards(range.with(ShardSources.cut(range)))).isEqualTo(shards(range));
  }

  @Test
  void itemsAreCutByAPowerOfTwo() {
    var range = new Input.Range(1, 100_000, 1);
    var words = new Input.Arguments(List.of(List.of("a", "b", "c")), false);
    var names = new Input.Files(List.of(Path.of("x"), Path.of("y")));

    assertThat(ShardSources.cut(seeded(range, Format.RANGE, ADAPTIVE, 1)))
        .isEqualTo(new Sharding.Records(512));
    assertThat(ShardSources.cut(seeded(words, Format.ARGS, ADAPTIVE, 1)))
        .isEqualTo(new Sharding.Records(1));
    assertThat(ShardSources.cut(seeded(names, Format.FILES, ADAPTIVE, 1)))
        .isEqualTo(new Sharding.Records(1));
  }

  @Test
  void streamsAreCutByTheirBytesAlone() {
    byte[] text = new byte[100_000];
    java.util.Arrays.fill(text, (byte) '\n');
    RunPlan one = seeded(new Input.Stdin(), Format.LINES, ADAPTIVE, 1);
    RunPlan many = seeded(new Input.Stdin(), Format.LINES, ADAPTIVE, 50);

    assertThat(ShardSources.cut(one)).isEqualTo(ADAPTIVE);
    assertThat(sizes(one, text)).isEqualTo(sizes(many, text)).startsWith(1024L);
  }

  private static List<Long> sizes(RunPlan plan, byte[] text) {
    return Shards.drain(ShardSources.open(plan, new ByteArrayInputStream(text))).stream()
        .map(Shard::length)
        .toList();
  }

  @Test
  void filesTogetherWithStreamsHaveBlocksOfOneSize() throws IOException {
    Path packed = folder.resolve("b.gz");
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("0123456\n".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Files.write(packed, bytes.toByteArray());
    RunPlan plan =
        seeded(new Input.Files(List.of(file("a", 10), packed)), Format.LINES, ADAPTIVE, 3);

    assertThat(shards(plan))
        .extracting(Shard::length)
        .containsExactly(80L, 256L << 10, 256L << 10, 256L << 10, 800_000L - 3 * (256L << 10));
    assertThat(ShardSources.cut(plan.with(PythonOptions.NONE)))
        .isEqualTo(new Sharding.Block(256 << 10));
  }
}
