package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// Whatever the bytes and however they are cut: nothing is lost, doubled or torn.
class SplittingProperties {
  private static @Nullable Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("splitting");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.walk(folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path folder() {
    if (folder == null) {
      throw new IllegalStateException("no folder yet");
    }
    return folder;
  }

  @Provide
  Arbitrary<byte[]> content() {
    Arbitrary<Byte> frequent = Arbitraries.of((byte) 0, (byte) '\n', (byte) '\r', (byte) 'x');
    Arbitrary<byte[]> dense =
        Arbitraries.oneOf(frequent, Arbitraries.bytes()).array(byte[].class).ofMaxSize(200);
    // Longer than a probe and than a read, with few records.
    Arbitrary<byte[]> sparse =
        Arbitraries.integers()
            .between(0, 300_000)
            .flatMap(size -> Arbitraries.longs().map(seed -> longRecords(size, seed)));
    return Arbitraries.frequencyOf(Tuple.of(9, dense), Tuple.of(1, sparse));
  }

  private static byte[] longRecords(int size, long seed) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'y');
    var random = new Random(seed);
    for (int i = random.nextInt(20_000); i < size; i += 1 + random.nextInt(20_000)) {
      bytes[i] = (byte) (random.nextBoolean() ? '\n' : 0);
    }
    return bytes;
  }

  @Provide
  Arbitrary<Format> formats() {
    return Arbitraries.of(
        Format.LINES, Format.JSONL, Format.VALUES, Format.TEXT, Format.NULL, Format.BYTES);
  }

  @Provide
  Arbitrary<Sharding> shardings() {
    Arbitrary<Long> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.longs().between(1, 30)),
            Tuple.of(1, Arbitraries.longs().between(1, Long.MAX_VALUE)));
    return Arbitraries.oneOf(
        Arbitraries.just(new Sharding.Adaptive()),
        sizes.map(Sharding.Block::new),
        sizes.map(Sharding.Count::new),
        sizes.map(Sharding.Records::new));
  }

  @Property(tries = 1000)
  void filesAreCutBetweenRecords(
      @ForAll("content") byte[] first,
      @ForAll("content") byte[] second,
      @ForAll("formats") Format format,
      @ForAll("shardings") Sharding sharding,
      @ForAll @IntRange(min = 1, max = 9) int workers)
      throws IOException {
    if (format == Format.BYTES && sharding instanceof Sharding.Records) {
      return;
    }
    Path one = Files.write(folder().resolve("one"), first);
    Path two = Files.write(folder().resolve("two"), second);
    RunPlan plan = Plans.plan(new Input.Files(List.of(one, two)), format, sharding, workers);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());
    assertThat(source.totalBytes()).hasValue(first.length + second.length);
    List<Shard> shards = Shards.drain(source);

    assertNumbered(shards);
    source.shardCount().ifPresent(count -> assertThat(shards).hasSize((int) count));
    assertThat(shards).extracting(Shard::source).isSubsetOf(one.toString(), two.toString());
    assertSource(shards, one.toString(), first, plan);
    assertSource(shards, two.toString(), second, plan);
    if (sharding instanceof Sharding.Count(long count)) {
      assertThat((long) shards.size()).isLessThanOrEqualTo(Math.max(2, count));
    }
  }

  @Property(tries = 1000)
  void streamsAreCutBetweenRecords(
      @ForAll("content") byte[] content,
      @ForAll("formats") Format format,
      @ForAll("shardings") Sharding sharding,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll long readSizes) {
    if (sharding instanceof Sharding.Count
        || (format == Format.BYTES && sharding instanceof Sharding.Records)) {
      return;
    }
    RunPlan plan = Plans.plan(new Input.Stdin(), format, sharding, workers);
    List<Shard> shards = Shards.drain(ShardSources.open(plan, smallReads(content, readSizes)));

    assertNumbered(shards);
    assertThat(shards).extracting(Shard::source).allMatch("<stdin>"::equals);
    assertSource(shards, "<stdin>", content, plan);
    if (format != Format.TEXT && format != Format.BYTES) {
      assertThat(shards).extracting(Shard::firstRecord).doesNotContain(-1L);
    }
  }

  @Property(tries = 60)
  void threadsShareTheShards(
      @ForAll("content") byte[] content,
      @ForAll @IntRange(min = 1, max = 30) int block,
      @ForAll boolean asStream,
      @ForAll long readSizes)
      throws Exception {
    Path file = Files.write(folder().resolve("shared"), content);
    Input input = asStream ? new Input.Stdin() : new Input.Files(List.of(file));
    RunPlan plan = Plans.plan(input, Format.LINES, new Sharding.Block(block), 4);
    var taken = new ConcurrentLinkedQueue<Shard>();
    try (ShardSource source = ShardSources.open(plan, smallReads(content, readSizes))) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(_ -> Thread.startVirtualThread(() -> takeAll(source, taken)))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    List<Shard> shards = taken.stream().sorted(Comparator.comparingLong(Shard::index)).toList();
    assertNumbered(shards);
    assertThat(Shards.concatenated(shards)).isEqualTo(content);
  }

  private static void takeAll(ShardSource source, ConcurrentLinkedQueue<Shard> taken) {
    for (Shard shard = source.next(); shard != null; shard = source.next()) {
      taken.add(shard);
    }
  }

  private static void assertNumbered(List<Shard> shards) {
    for (int i = 0; i < shards.size(); i++) {
      assertThat(shards.get(i).index()).isEqualTo(i);
      assertThat(shards.get(i).length()).isPositive();
    }
  }

  private static void assertSource(List<Shard> all, String name, byte[] content, RunPlan plan) {
    List<Shard> shards = all.stream().filter(shard -> shard.source().equals(name)).toList();
    assertThat(Shards.concatenated(shards)).isEqualTo(content);
    assertOffsets(shards);
    if (plan.format().terminator().isPresent()) {
      char terminator = (char) plan.format().terminator().getAsInt();
      assertRecords(shards, new String(content, ISO_8859_1), terminator, plan);
    }
  }

  private static void assertOffsets(List<Shard> shards) {
    long offset = 0;
    for (Shard shard : shards) {
      assertThat(shard.offset()).isEqualTo(offset);
      offset += shard.length();
    }
  }

  private static void assertRecords(
      List<Shard> shards, String content, char terminator, RunPlan plan) {
    var records = new ArrayList<String>();
    for (Shard shard : shards) {
      if (shard.firstRecord() != -1) {
        assertThat(shard.firstRecord()).isEqualTo(records.size());
      }
      List<String> inside = Shards.records(Shards.text(shard), terminator);
      records.addAll(inside);
      if (plan.sharding() instanceof Sharding.Records(long count)
          && shard.index() < shards.getLast().index()) {
        assertThat((long) inside.size()).isEqualTo(count);
      }
    }
    assertThat(records).isEqualTo(Shards.records(content, terminator));
  }

  /// A stream that gives between one byte and all that is asked for at a time.
  private static InputStream smallReads(byte[] content, long seed) {
    var random = new Random(seed);
    int largest = Math.max(1, content.length / 10);
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(largest)));
      }
    };
  }
}
