package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Sources without content of their own: no input, and names of files.
@Timeout(30)
class OtherSourcesTest {
  private static final int WORKERS = 2;

  @Test
  void aRunWithoutInputIsOneShard() {
    var plan = Plans.plan(new Input.None(), Format.LINES, new Sharding.Adaptive(), WORKERS);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());

    assertThat(source.shardCount()).hasValue(1);
    assertThat(Shards.drain(source))
        .containsExactly(new Shard(0, "<none>", 0, 0, new ShardData.Nothing()));
  }

  @Test
  void namesOfFilesAreRecords() {
    List<Shard> shards = Shards.drain(names(new Sharding.Records(2), 5));

    assertThat(shards)
        .extracting(Shard::index, Shard::source, Shard::offset, Shard::firstRecord, Shards::text)
        .containsExactly(
            tuple(0L, "<files>", 0L, 0L, "f0\0f1\0"),
            tuple(1L, "<files>", 2L, 2L, "f2\0f3\0"),
            tuple(2L, "<files>", 4L, 4L, "f4\0"));
  }

  @Test
  void namesOfFilesAreUtf8() {
    var input = new Input.Files(List.of(Path.of("Grüße")));
    var plan = Plans.plan(input, Format.FILES, new Sharding.Adaptive(), WORKERS);
    Shard shard = Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())).getFirst();

    assertThat(new String(Shards.bytes(shard), UTF_8)).isEqualTo("Grüße\0");
  }

  @Test
  void namesOfFilesAreSharedOut() {
    assertThat(sizes(new Sharding.Adaptive(), 3)).containsExactly(1, 1, 1);
    assertThat(sizes(new Sharding.Adaptive(), 32 * WORKERS * 3))
        .hasSize(32 * WORKERS)
        .containsOnly(3);
    assertThat(sizes(new Sharding.Count(4), 10)).containsExactly(2, 3, 2, 3);
    assertThat(sizes(new Sharding.Count(4), 2)).containsExactly(1, 1);
    assertThat(sizes(new Sharding.Block(3), 4)).containsExactly(1, 1, 1, 1);
    assertThat(sizes(new Sharding.Block(4), 5)).containsExactly(2, 2, 1);
    assertThat(sizes(new Sharding.Records(Long.MAX_VALUE), 5)).containsExactly(5);
  }

  @Test
  void theNumberOfShardsOfNamesIsKnown() {
    ShardSource source = names(new Sharding.Block(6), 5); // three bytes each

    assertThat(source.totalBytes()).hasValue(5);
    assertThat(source.shardCount()).hasValue(3);
  }

  @Test
  void namesMayComeFromStandardInput() {
    var plan = Plans.plan(new Input.Stdin(), Format.FILES, new Sharding.Records(2), WORKERS);
    var stdin = new ByteArrayInputStream("a b\nc\nd".getBytes(UTF_8));
    List<Shard> shards = Shards.drain(ShardSources.open(plan, stdin));

    assertThat(shards)
        .extracting(Shard::source, Shard::offset, Shard::firstRecord, Shards::text)
        .containsExactly(tuple("<stdin>", 0L, 0L, "a b\0c\0"), tuple("<stdin>", 2L, 2L, "d\0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\0\0c\0", "a\nb\0\0c"})
  void namesMayComeNulTerminated(String names) {
    var plan =
        Plans.plan(
            new Input.Stdin(),
            Format.FILES,
            Plans.separated("\0"),
            new Sharding.Records(2),
            new Merging.Join(),
            WORKERS);
    var stdin = new ByteArrayInputStream(names.getBytes(UTF_8));
    List<Shard> shards = Shards.drain(ShardSources.open(plan, stdin));

    assertThat(shards)
        .extracting(Shard::source, Shard::offset, Shard::firstRecord, Shards::text)
        .containsExactly(tuple("<stdin>", 0L, 0L, "a\nb\0\0"), tuple("<stdin>", 2L, 2L, "c\0"));
  }

  private static ShardSource names(Sharding sharding, int count) {
    List<Path> files = IntStream.range(0, count).mapToObj(i -> Path.of("f" + i)).toList();
    var plan = Plans.plan(new Input.Files(files), Format.FILES, sharding, WORKERS);
    return ShardSources.open(plan, InputStream.nullInputStream());
  }

  private static List<Integer> sizes(Sharding sharding, int count) {
    return Shards.drain(names(sharding, count)).stream()
        .map(shard -> Shards.records(Shards.text(shard), '\0').size())
        .toList();
  }
}
