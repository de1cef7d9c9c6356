package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Ranges of integers: what comes out is the range, however it is cut.
class RangeProperties {
  private static final Merging REDUCE = new Merging.Reduce("sum");

  @Provide
  Arbitrary<Sharding> shardings() {
    Arbitrary<Long> sizes = Arbitraries.longs().between(1, 10_000);
    return Arbitraries.oneOf(
        Arbitraries.just(new Sharding.Adaptive()),
        sizes.map(Sharding.Count::new),
        sizes.map(size -> new Sharding.Records(1000 * size)));
  }

  @Property(tries = 2000)
  void piecesFollowOnEachOther(
      @ForAll long first,
      @ForAll @LongRange(min = 1, max = 2_000_000) long count,
      @ForAll long anyStep,
      @ForAll boolean reduced,
      @ForAll("shardings") Sharding sharding,
      @ForAll @IntRange(min = 1, max = 70) int workers) {
    long step = possible(first, count, anyStep == 0 ? 1 : anyStep);
    long last = first + (count - 1) * step;
    Merging merging = reduced ? REDUCE : new Merging.Join();
    RunPlan plan = plan(first, last, step, sharding, merging, workers);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());
    long shardCount = source.shardCount().orElseThrow();
    assertThat(source.totalBytes()).hasValue(count);

    long index = 0;
    long shards = 0;
    for (Shard shard = source.next(); shard != null; shard = source.next()) {
      assertThat(shard.index()).isEqualTo(shards++);
      assertThat(shard.offset()).isEqualTo(index);
      assertThat(shard.firstRecord()).isEqualTo(index);
      assertThat(shard.source()).isEqualTo("<range>");
      var range = (ShardData.Range) shard.data();
      assertThat(range.first()).isEqualTo(first + index * step);
      assertThat(range.step()).isEqualTo(step);
      assertThat(range.count()).isPositive();
      index += range.count();
      if (sharding instanceof Sharding.Records(long size) && index < count) {
        assertThat(range.count()).isEqualTo(size);
      }
      if (sharding instanceof Sharding.Count(long pieces)) {
        assertThat(range.count()).isBetween(count / pieces, Math.ceilDiv(count, pieces));
      }
    }
    assertThat(index).isEqualTo(count);
    assertThat(shards).isEqualTo(shardCount);
    if (sharding instanceof Sharding.Count(long pieces)) {
      assertThat(shards).isEqualTo(Math.min(pieces, count));
    }
  }

  /// The step, or one in its direction with which so many numbers fit.
  private static long possible(long first, long count, long step) {
    if (count == 1) {
      return step;
    }
    BigInteger room =
        BigInteger.valueOf(step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE)
            .subtract(BigInteger.valueOf(first));
    BigInteger most = room.divide(BigInteger.valueOf(count - 1));
    if (most.signum() == 0) {
      return possible(first, count, step > 0 ? -1 : 1); // at the end of all numbers
    }
    BigInteger wanted = BigInteger.valueOf(step);
    return (step > 0 ? wanted.min(most) : wanted.max(most)).longValueExact();
  }

  @Property(tries = 300)
  void hugeRangesAreCutWithoutBeingMade(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long count,
      @ForAll @IntRange(min = 1, max = 70) int workers) {
    RunPlan plan =
        plan(
            Long.MIN_VALUE,
            Long.MIN_VALUE + (count - 1),
            1,
            new Sharding.Adaptive(),
            new Merging.Join(),
            workers);
    try (ShardSource source = ShardSources.open(plan, InputStream.nullInputStream())) {
      assertThat(source.totalBytes()).hasValue(count);
      Shard shard = source.next();
      assertThat(shard).isNotNull();
      assertThat(shard.length()).isLessThanOrEqualTo(64);
    }
    RunPlan shared =
        plan(
            Long.MIN_VALUE,
            Long.MIN_VALUE + (count - 1),
            1,
            new Sharding.Count(7),
            REDUCE,
            workers);
    long sum =
        Shards.drain(ShardSources.open(shared, InputStream.nullInputStream())).stream()
            .mapToLong(Shard::length)
            .sum();
    assertThat(sum).isEqualTo(count);
  }

  @Example
  void shardsGrowFromSmallToLarge() {
    List<Long> sizes = sizes(1, 1_000_000, new Sharding.Adaptive(), new Merging.Join(), 3);

    assertThat(sizes.subList(0, 9))
        .containsExactly(64L, 64L, 64L, 128L, 128L, 128L, 256L, 256L, 256L);
    assertThat(sizes.stream().mapToLong(size -> size).max()).hasValue(10_417); // a 96th
    assertThat(sizes(1, 10, new Sharding.Adaptive(), new Merging.Join(), 3)).containsOnly(1L);
    assertThat(sizes(1, 100_000_000, new Sharding.Adaptive(), new Merging.Join(), 2))
        .contains(1L << 18)
        .allMatch(size -> size <= 1 << 18);
  }

  @Property(tries = 200)
  void theCutsOfAReductionDependOnTheRangeAlone(
      @ForAll @LongRange(min = 1, max = 30_000_000) long last,
      @ForAll @IntRange(min = 1, max = 70) int workers) {
    List<Long> sizes = sizes(1, last, new Sharding.Adaptive(), REDUCE, workers);

    assertThat(sizes).isEqualTo(sizes(1, last, new Sharding.Adaptive(), REDUCE, 1));
    assertThat(sizes.getFirst()).isEqualTo(Math.clamp(last / 256, 1L, 1L << 18));
    assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(sizes.getFirst()::equals);
  }

  @Example
  void theLongestRangeHasAsManyNumbersAsALongCounts() {
    assertThat(opened(Long.MIN_VALUE, -2, 1).totalBytes()).hasValue(Long.MAX_VALUE);
    assertThat(opened(Long.MIN_VALUE, Long.MAX_VALUE - 1, 3).totalBytes())
        .hasValue(6_148_914_691_236_517_205L);
    assertThat(opened(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE).totalBytes()).hasValue(2);
    assertThatThrownBy(() -> opened(Long.MIN_VALUE, -1, 1))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "the range has more than 9223372036854775807 numbers: take a part of it at a time");
    assertThatThrownBy(() -> opened(Long.MAX_VALUE, Long.MIN_VALUE, -1))
        .isInstanceOf(PyParallelException.Usage.class);
  }

  @Example
  void aRangeHasNoBytes() {
    RunPlan plan = plan(1, 10, 1, new Sharding.Block(100), new Merging.Join(), 2);

    assertThatThrownBy(() -> ShardSources.open(plan, InputStream.nullInputStream()))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage("--block counts bytes, and a range has none: use -N or --shards");
  }

  private static ShardSource opened(long first, long last, long step) {
    RunPlan plan = plan(first, last, step, new Sharding.Adaptive(), new Merging.Join(), 2);
    return ShardSources.open(plan, InputStream.nullInputStream());
  }

  private static List<Long> sizes(
      long first, long last, Sharding sharding, Merging merging, int workers) {
    RunPlan plan = plan(first, last, 1, sharding, merging, workers);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());
    List<Shard> shards = Shards.drain(source);
    assertThat(source.shardCount()).hasValue(shards.size());
    return shards.stream().flatMapToLong(shard -> LongStream.of(shard.length())).boxed().toList();
  }

  private static RunPlan plan(
      long first, long last, long step, Sharding sharding, Merging merging, int workers) {
    return Plans.plan(
        new Input.Range(first, last, step),
        Format.RANGE,
        FormatOptions.of(Format.RANGE),
        sharding,
        merging,
        workers);
  }
}
