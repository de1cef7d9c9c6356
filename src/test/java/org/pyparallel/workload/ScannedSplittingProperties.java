package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// Inputs that are scanned are cut between records, nothing is lost, and everything is numbered
/// right; the same for files and streams.
class ScannedSplittingProperties {
  private static @Nullable Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("scanned", ".txt");
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.delete(file());
  }

  private static Path file() {
    if (file == null) {
      throw new IllegalStateException("no file yet");
    }
    return file;
  }

  /// How a sample is to be cut.
  private record Case(
      Sample sample, Sharding sharding, boolean numbered, boolean reduced, int workers) {
    static Case any(Random random) {
      long size = 1 + random.nextInt(random.nextBoolean() ? 20 : 1000);
      Sharding sharding =
          switch (random.nextInt(3)) {
            case 0 -> new Sharding.Block(size);
            case 1 -> new Sharding.Records(1 + random.nextInt(5));
            default -> new Sharding.Adaptive();
          };
      return new Case(
          Sample.any(random),
          sharding,
          random.nextBoolean(),
          random.nextBoolean(),
          1 + random.nextInt(9));
    }

    RunPlan plan(Input input) {
      return Plans.plan(
          input,
          sample.format(),
          sample.options(),
          numbered,
          sharding,
          workers,
          reduced ? new Merging.Reduce("sum") : new Merging.Join());
    }
  }

  @Property(tries = 2000)
  void filesAreCutBetweenRecords(@ForAll long seed) throws IOException {
    Case made = Case.any(new Random(seed));
    Files.write(file(), made.sample().bytes());
    RunPlan plan = made.plan(new Input.Files(List.of(file())));
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());

    assertThat(source.totalBytes()).hasValue(made.sample().size());
    List<Shard> shards = Shards.drain(source);
    assertWhole(made, shards);
    if (made.sharding() instanceof Sharding.Block(long bytes)
        && made.sample().options().groupBy().isEmpty()) {
      assertBlocks(made.sample(), shards, bytes);
    }
  }

  @Property(tries = 2000)
  void streamsAreCutBetweenRecords(@ForAll long seed) {
    var random = new Random(seed);
    Case made = Case.any(random);
    RunPlan plan = made.plan(new Input.Stdin());
    InputStream stdin = smallReads(made.sample().bytes(), random);
    List<Shard> shards = Shards.drain(ShardSources.open(plan, stdin));

    assertWhole(made, shards);
    // Only a reduction does without hurry.
    if (made.reduced()
        && made.sharding() instanceof Sharding.Block(long bytes)
        && made.sample().options().groupBy().isEmpty()) {
      assertBlocks(made.sample(), shards, bytes);
    }
  }

  @Property(tries = 500)
  void reductionsAreCutByTheBytesAlone(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    Sample sample = Sample.any(random);
    var one = new Case(sample, new Sharding.Adaptive(), false, true, 1);
    var many = new Case(sample, new Sharding.Adaptive(), false, true, 2 + random.nextInt(60));
    Files.write(file(), sample.bytes());
    var files = new Input.Files(List.of(file()));

    assertThat(offsets(one.plan(files), InputStream.nullInputStream()))
        .isEqualTo(offsets(many.plan(files), InputStream.nullInputStream()));
    assertThat(offsets(one.plan(new Input.Stdin()), smallReads(sample.bytes(), random)))
        .isEqualTo(offsets(many.plan(new Input.Stdin()), new ByteArrayInputStream(sample.bytes())));
  }

  @Property(tries = 1000)
  void whatIsNoJsonIsHandedOutAllTheSame(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append("[]{},:\"\\ \n1".charAt(random.nextInt(11)));
    }
    byte[] bytes = text.toString().getBytes(ISO_8859_1);
    Files.write(file(), bytes);
    var sharding = new Sharding.Block(1 + random.nextInt(9));
    var plan = Plans.plan(new Input.Files(List.of(file())), Format.JSON, sharding, 2);
    var taken = new ByteArrayOutputStream();
    try (ShardSource source = ShardSources.open(plan, InputStream.nullInputStream())) {
      for (Shard shard = source.next(); shard != null; shard = source.next()) {
        assertThat(shard.length()).isPositive();
        taken.writeBytes(Shards.bytes(shard));
      }
    } catch (PyParallelException.InputFailed e) {
      assertThat(e).hasMessageContaining("the array does not end");
    }

    assertThat(taken.toByteArray()).isEqualTo(bytes);
  }

  private static List<Long> offsets(RunPlan plan, InputStream stdin) {
    return Shards.drain(ShardSources.open(plan, stdin)).stream().map(Shard::offset).toList();
  }

  private static void assertWhole(Case made, List<Shard> shards) {
    Sample sample = made.sample();
    assertThat(Shards.concatenated(shards))
        .isEqualTo(sample.text().substring(sample.head()).getBytes(ISO_8859_1));
    int start = sample.head();
    long records = 0;
    long lines = lines(sample.text().substring(0, start));
    boolean grouped = sample.options().groupBy().isPresent();
    for (Shard shard : shards) {
      int end = start + (int) shard.length();
      String text = Shards.text(shard);
      long ends = sample.ends().subSet(start, false, end, true).size();
      boolean last = end == sample.size();
      assertThat(shard.length()).isPositive();
      assertThat(shard.offset()).isEqualTo(start);
      assertThat(shard.preamble()).isEqualTo(sample.preamble(start));
      assertThat(last || sample.ends().contains(end)).isTrue();
      if (!last && made.sharding() instanceof Sharding.Records(long count)) {
        assertThat(ends).isEqualTo(count);
      }
      boolean counted = made.numbered() || made.sharding() instanceof Sharding.Records;
      assertThat(shard.firstRecord()).isEqualTo(counted || shard.index() == 0 ? records : -1);
      if (made.numbered()) {
        assertThat(shard.firstLine()).isEqualTo(lines);
      }
      // In groups, every line is a record but for one that stands between quotes.
      records += grouped ? lines(text.replace("\"1\n\"", "")) : ends;
      lines += lines(text);
      start = end;
    }
  }

  private static long lines(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private static void assertBlocks(Sample sample, List<Shard> shards, long block) {
    for (Shard shard : shards) {
      Integer end = sample.ends().ceiling((int) (shard.offset() + block));
      long expected = end == null ? sample.size() : end;
      assertThat(shard.offset() + shard.length()).isEqualTo(expected);
    }
  }

  private static InputStream smallReads(byte[] content, Random random) {
    int largest = 1 + random.nextInt(content.length / 10 + 1);
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(largest)));
      }
    };
  }
}
