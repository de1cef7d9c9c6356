package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

class BlockSizesTest {
  private final Path folder;

  BlockSizesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void filesBeginWithSmallBlocks() throws IOException {
    String lines = "0123456\n".repeat(8 << 20 >> 3);
    List<Long> sizes = sizes(plan(lines, 1, new Merging.Join()));

    // A 32th of 8 MiB is the largest block; no record end is missed.
    assertThat(sizes).startsWith(64L << 10, 128L << 10, 256L << 10, 256L << 10);
    assertThat(sizes.stream().skip(2).limit(sizes.size() - 3)).containsOnly(256L << 10);
    assertThat(sizes.stream().mapToLong(size -> size).sum()).isEqualTo(8 << 20);
  }

  @Test
  void growthGoesOnFromFileToFile() throws IOException {
    Path one = file("one", "x".repeat(100 << 10));
    Path two = file("two", "x".repeat(20 << 20));
    var input = new Input.Files(List.of(one, two));
    RunPlan plan = Plans.plan(input, Format.BYTES, new Sharding.Adaptive(), 2);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());
    long count = source.shardCount().orElseThrow();
    List<Shard> shards = Shards.drain(source);

    assertThat(shards).hasSize((int) count);
    assertThat(shards)
        .extracting(Shard::length)
        .startsWith(64L << 10, 36L << 10, 128L << 10, 128L << 10, 256L << 10);
  }

  @Test
  void filesThatAreReducedAreCutTheSameForEveryNumberOfWorkers() throws IOException {
    String lines = "0123456\n".repeat(1 << 14);
    var reduce = new Merging.Reduce("sum");

    assertThat(sizes(plan(lines, 1, reduce)))
        .hasSize(256)
        .containsOnly(512L)
        .isEqualTo(sizes(plan(lines, 37, reduce)));
  }

  @Test
  void blocksOfDataThatIsReducedAreNotSmallWithoutNeed() {
    assertThat(BlockSizes.ofReducedFiles(0)).isOne();
    assertThat(BlockSizes.ofReducedFiles((4 << 20) - 1)).isEqualTo((16 << 10) - 1);
    assertThat(BlockSizes.ofReducedFiles(4 << 20)).isEqualTo(64 << 10);
    assertThat(BlockSizes.ofReducedFiles(64 << 20)).isEqualTo(1 << 20);
    assertThat(BlockSizes.ofReducedFiles(256 << 20)).isEqualTo(1 << 20);
    assertThat(BlockSizes.ofReducedFiles(512 << 20)).isEqualTo(2 << 20);
    assertThat(BlockSizes.ofReducedFiles(1L << 40)).isEqualTo(16 << 20);
  }

  @Test
  void streamsThatAreReducedGrowByTheirBytesAlone() {
    byte[] lines = "0123456\n".repeat(1 << 14).getBytes(ISO_8859_1);
    RunPlan plan = reduced(new Input.Stdin(), 5);
    List<Long> sizes =
        Shards.drain(ShardSources.open(plan, new ByteArrayInputStream(lines))).stream()
            .map(Shard::length)
            .toList();

    LongStream expected =
        LongStream.range(0, 16 * 4).map(i -> 1024L << (i / 16)).limit(sizes.size() - 1);
    assertThat(sizes.subList(0, sizes.size() - 1))
        .containsExactlyElementsOf(expected.boxed().toList());
  }

  @Test
  void aStreamThatIsReducedIsNotCutForBeingSlow() throws InterruptedException {
    var feed = new Feed();
    ShardSource source = ShardSources.open(reduced(new Input.Stdin(), 2), feed);
    feed.write("1\n");
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try {
                Thread.sleep(2 * BlockCut.FLUSH_AFTER.toMillis());
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              feed.write("2\n");
              feed.end();
            });

    assertThat(Shards.texts(Shards.drain(source))).containsExactly("1\n2\n");
    writer.join();
  }

  private static RunPlan reduced(Input input, int workers) {
    return Plans.plan(
        input,
        Format.LINES,
        FormatOptions.of(Format.LINES),
        false,
        new Sharding.Adaptive(),
        workers,
        new Merging.Reduce("sum"));
  }

  private RunPlan plan(String text, int workers, Merging merging) throws IOException {
    return Plans.plan(
        new Input.Files(List.of(file("file", text))),
        Format.LINES,
        FormatOptions.of(Format.LINES),
        false,
        new Sharding.Adaptive(),
        workers,
        merging);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, ISO_8859_1);
  }

  private static List<Long> sizes(RunPlan plan) {
    return Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())).stream()
        .map(Shard::length)
        .toList();
  }
}
