package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// What a file is compressed with, and in how many members, makes no difference.
class CompressionProperties {
  private static @Nullable Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("compression");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<byte[]> content() {
    Arbitrary<Byte> frequent = Arbitraries.of((byte) 0, (byte) '\n', (byte) '\r', (byte) 'x');
    Arbitrary<byte[]> small =
        Arbitraries.oneOf(frequent, Arbitraries.bytes()).array(byte[].class).ofMaxSize(200);
    // More than the buffers of all decoders, and hard to compress.
    Arbitrary<byte[]> large =
        Arbitraries.randomValue(
            random -> {
              byte[] bytes = new byte[random.nextInt(300_000)];
              random.nextBytes(bytes);
              return bytes;
            });
    return Arbitraries.frequencyOf(Tuple.of(9, small), Tuple.of(1, large));
  }

  @Provide
  Arbitrary<Sharding> shardings() {
    Arbitrary<Long> sizes = Arbitraries.longs().between(1, 100);
    return Arbitraries.oneOf(
        Arbitraries.just(new Sharding.Adaptive()),
        sizes.map(size -> new Sharding.Block(size * size * size)),
        sizes.map(Sharding.Records::new));
  }

  @Property(tries = 300)
  void compressedFilesAreReadAsPlainOnes(
      @ForAll("content") byte[] content,
      @ForAll Compression compression,
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 1000) Integer> boundaries,
      @ForAll("shardings") Sharding sharding,
      @ForAll @IntRange(min = 1, max = 4) int workers)
      throws IOException {
    byte[] compressed = compressed(content, compression, boundaries);
    Path file = folder.resolve("a" + Archives.suffix(compression));
    Files.write(file, compressed);
    Input input = new Input.Files(List.of(file, file, file));
    var plan = Plans.plan(input, Format.LINES, sharding, workers);
    List<Shard> shards = Shards.drain(ShardSources.open(plan, InputStream.nullInputStream()));

    assertThat(Shards.concatenated(shards)).isEqualTo(Archives.joined(content, content, content));
    assertThat(IntStream.range(0, shards.size()).allMatch(i -> shards.get(i).index() == i))
        .isTrue();
  }

  /// Cut at so many thousandths of its length.
  private static byte[] compressed(
      byte[] content, Compression compression, List<Integer> boundaries) {
    var archive = new ByteArrayOutputStream();
    int from = 0;
    for (int boundary : boundaries.stream().sorted().toList()) {
      int to = (int) ((long) content.length * boundary / 1000);
      archive.writeBytes(Archives.of(compression, Arrays.copyOfRange(content, from, to)));
      from = to;
    }
    archive.writeBytes(Archives.of(compression, Arrays.copyOfRange(content, from, content.length)));
    return archive.toByteArray();
  }
}
