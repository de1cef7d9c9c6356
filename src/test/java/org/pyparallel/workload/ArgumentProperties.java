package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;

/// Words of the command line: all combinations in order, however they are cut.
class ArgumentProperties {
  private static final Merging JOIN = new Merging.Join();
  private static final Merging REDUCE = new Merging.Reduce("sum");

  @Provide
  Arbitrary<List<List<String>>> lists() {
    Arbitrary<String> words = Arbitraries.of("", "a", "b", "ä€", "😀 c", "\n", "--d=e");
    return words.list().ofMaxSize(7).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Sharding> shardings() {
    Arbitrary<Long> sizes = Arbitraries.longs().between(1, 100);
    return Arbitraries.oneOf(
        Arbitraries.just(new Sharding.Adaptive()),
        sizes.map(Sharding.Block::new),
        sizes.map(Sharding.Count::new),
        sizes.map(Sharding.Records::new));
  }

  @Property(tries = 1000)
  void recordsAreThoseOfNestedLoops(
      @ForAll("lists") List<List<String>> lists,
      @ForAll boolean linked,
      @ForAll boolean reduced,
      @ForAll("shardings") Sharding sharding,
      @ForAll @IntRange(min = 1, max = 9) int workers) {
    RunPlan plan = plan(lists, linked, sharding, reduced ? REDUCE : JOIN, workers);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());
    List<Shard> shards = Shards.drain(source);
    List<List<String>> expected = linked ? linked(lists) : combined(lists);

    assertThat(source.totalBytes()).hasValue(expected.size());
    source.shardCount().ifPresent(count -> assertThat(shards).hasSize((int) count));
    assertThat(source.shardCount().isPresent()).isEqualTo(!(sharding instanceof Sharding.Block));
    var records = new ArrayList<List<String>>();
    for (Shard shard : shards) {
      assertThat(shard.index()).isEqualTo(shards.indexOf(shard));
      assertThat(shard.source()).isEqualTo("<args>");
      assertThat(shard.offset()).isEqualTo(records.size());
      assertThat(shard.firstRecord()).isEqualTo(records.size());
      assertThat(shard.length()).isPositive();
      List<List<String>> inside = records(shard, lists.size());
      records.addAll(inside);
      if (sharding instanceof Sharding.Records(long size) && records.size() < expected.size()) {
        assertThat((long) inside.size()).isEqualTo(size);
      }
      if (sharding instanceof Sharding.Block(long bytes) && records.size() < expected.size()) {
        assertThat(shard.length()).isGreaterThanOrEqualTo(bytes);
      }
    }
    assertThat(records).isEqualTo(expected);
    if (sharding instanceof Sharding.Count(long count)) {
      assertThat((long) shards.size()).isEqualTo(Math.min(count, expected.size()));
    }
  }

  private static List<List<String>> records(Shard shard, int width) {
    String text = new String(Shards.bytes(shard), UTF_8);
    List<String> words = Shards.records(text, '\0');
    assertThat(words.size() % width).isZero();
    return IntStream.range(0, words.size() / width)
        .mapToObj(
            i ->
                words.subList(i * width, (i + 1) * width).stream()
                    .map(word -> word.substring(0, word.length() - 1))
                    .toList())
        .toList();
  }

  private static List<List<String>> combined(List<List<String>> lists) {
    List<List<String>> records = List.of(List.of());
    for (List<String> list : lists) {
      var longer = new ArrayList<List<String>>();
      for (List<String> start : records) {
        for (String word : list) {
          var record = new ArrayList<>(start);
          record.add(word);
          longer.add(record);
        }
      }
      records = longer;
    }
    return records;
  }

  private static List<List<String>> linked(List<List<String>> lists) {
    int longest = lists.stream().mapToInt(List::size).max().orElseThrow();
    if (lists.stream().anyMatch(List::isEmpty)) {
      return List.of();
    }
    return IntStream.range(0, longest)
        .mapToObj(i -> lists.stream().map(list -> list.get(i % list.size())).toList())
        .toList();
  }

  @Example
  void combinationsAreNotMadeAhead() {
    List<String> million = Collections.nCopies(1_000_000, "word");
    RunPlan plan = plan(List.of(million, million), false, new Sharding.Adaptive(), JOIN, 2);
    try (ShardSource source = ShardSources.open(plan, InputStream.nullInputStream())) {
      assertThat(source.totalBytes()).hasValue(1_000_000_000_000L);
      assertThat(source.shardCount().orElseThrow()).isGreaterThan(1_000_000_000_000L / 4096);
      for (int i = 0; i < 100; i++) {
        Shard shard = source.next();
        assertThat(shard).isNotNull();
        assertThat(shard.length()).isLessThanOrEqualTo(4096 * 10);
      }
    }
  }

  @Example
  void thereMayBeTooManyCombinations() {
    List<String> million = Collections.nCopies(1_000_000, "");
    RunPlan plan =
        plan(List.of(million, million, million, million), false, new Sharding.Adaptive(), JOIN, 2);

    assertThatThrownBy(() -> ShardSources.open(plan, InputStream.nullInputStream()))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "the lists of arguments have more than 9223372036854775807 combinations:"
                + " leave a list out");
  }

  @Example
  void shardsBeginWithOneRecord() {
    List<String> words = Collections.nCopies(1000, "w");

    assertThat(sizes(words, new Sharding.Adaptive(), JOIN, 2).subList(0, 6))
        .containsExactly(1, 1, 2, 2, 4, 4);
    assertThat(sizes(words, new Sharding.Adaptive(), JOIN, 2)).contains(16).noneMatch(n -> n > 16);
    assertThat(sizes(words, new Sharding.Adaptive(), REDUCE, 2)).contains(3, 1).hasSize(334);
    assertThat(sizes(words, new Sharding.Adaptive(), REDUCE, 9))
        .isEqualTo(sizes(words, new Sharding.Adaptive(), REDUCE, 2));
    assertThat(sizes(words, new Sharding.Count(3), JOIN, 2)).containsExactly(334, 333, 333);
  }

  @Example
  void whatIsNoTextIsReplaced() {
    RunPlan plan = plan(List.of(List.of("a\ud800b")), false, new Sharding.Adaptive(), JOIN, 2);
    List<Shard> shards = Shards.drain(ShardSources.open(plan, InputStream.nullInputStream()));

    assertThat(Shards.texts(shards)).containsExactly("a?b\0");
  }

  private static List<Integer> sizes(
      List<String> words, Sharding sharding, Merging merging, int workers) {
    RunPlan plan = plan(List.of(words), false, sharding, merging, workers);
    return Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())).stream()
        .map(shard -> records(shard, 1).size())
        .toList();
  }

  private static RunPlan plan(
      List<List<String>> lists, boolean linked, Sharding sharding, Merging merging, int workers) {
    return Plans.plan(
        new Input.Arguments(lists, linked),
        Format.ARGS,
        FormatOptions.of(Format.ARGS),
        sharding,
        merging,
        workers);
  }
}
