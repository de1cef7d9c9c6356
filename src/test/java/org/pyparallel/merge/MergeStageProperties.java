package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// What holds for every load and however its threads meet. Not shrunk: the threads do not meet in
/// the same way twice.
class MergeStageProperties {
  /// A stage of this window gives a slot its least size.
  private static final int WIDE_WINDOW = 512;

  private static final long LEAST_SLOT_BYTES = 256 << 10;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void inInputOrderTheOutputIsTheConcatenation(@ForAll("loads") Load any) {
    Load load = with(any, Ordering.INPUT);
    CollectingSink sink = new CollectingSink();

    assertThat(load.run(sink).trouble()).isNull();

    assertThat(sink.ended()).containsExactlyElementsOf(numbers(load));
    assertThat(sink.bytes()).isEqualTo(load.output());
    checkSizes(load, sink);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void inOrderOfCompletionEachShardComesOnceAndWhole(@ForAll("loads") Load any) {
    Load load = with(any, Ordering.COMPLETION);
    CollectingSink sink = new CollectingSink();

    assertThat(load.run(sink).trouble()).isNull();

    assertThat(sink.ended()).containsExactlyInAnyOrderElementsOf(numbers(load));
    for (int shard = 0; shard < load.shards().size(); shard++) {
      assertThat(sink.bytes(shard)).isEqualTo(load.output(shard));
    }
    checkSizes(load, sink);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void byLineEachShardsLinesComeWholeAndInOrder(@ForAll("loads") Load any) {
    Load load = with(any, Ordering.LINES);
    CollectingSink sink = new CollectingSink(Ordering.LINES);

    assertThat(load.run(sink).trouble()).isNull();

    assertThat(sink.ended()).containsExactlyInAnyOrderElementsOf(numbers(load));
    for (int shard = 0; shard < load.shards().size(); shard++) {
      assertThat(sink.bytes(shard)).isEqualTo(ended(load.output(shard)));
    }
  }

  private static byte[] ended(byte[] output) {
    if (output.length == 0 || output[output.length - 1] == '\n') {
      return output;
    }
    byte[] ended = Arrays.copyOf(output, output.length + 1);
    ended[output.length] = '\n';
    return ended;
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void noSlotHoldsMoreThanItMay(@ForAll("heavyLoads") Load load) throws IOException {
    Load.Outcome outcome = load.run(new CollectingSink(load.ordering()));

    long inSlots = load.shards().size() * LEAST_SLOT_BYTES;
    long onTheWay = (load.workers() + 1) * load.largestChunk(); // one per worker, one in the sink
    assertThat(outcome.trouble()).isNull();
    assertThat(outcome.mostHeld()).isLessThanOrEqualTo(inSlots + onTheWay);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void aFailingSinkEndsEverything(
      @ForAll("loads") Load load, @ForAll @IntRange(min = 1, max = 40) int failingCall) {
    FailingSink sink = new FailingSink(load.ordering(), failingCall);

    Load.Outcome outcome = load.run(sink);

    assertThat(outcome.trouble() != null).isEqualTo(sink.failed);
    assertThat(outcome.stage().isStopped()).isEqualTo(sink.failed);
    assertThat(sink.calls).isLessThanOrEqualTo(failingCall);
  }

  @Provide
  Arbitrary<Load> loads() {
    Arbitrary<Integer> chunk =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(0)),
            Tuple.of(20, Arbitraries.integers().between(1, 2_000)),
            Tuple.of(1, Arbitraries.integers().between(200_000, 600_000)));
    return loads(Arbitraries.of(1, 2, 3, 4, 9, WIDE_WINDOW), chunk, 6, 25);
  }

  @Provide
  Arbitrary<Load> heavyLoads() {
    Arbitrary<Integer> chunk = Arbitraries.integers().between(1, 300_000);
    return loads(Arbitraries.just(WIDE_WINDOW), chunk, 10, 10);
  }

  private static Arbitrary<Load> loads(
      Arbitrary<Integer> window, Arbitrary<Integer> chunk, int mostChunks, int mostShards) {
    return Combinators.combine(
            Arbitraries.of(Ordering.class),
            window,
            Arbitraries.integers().between(1, 4),
            chunk.list().ofMaxSize(mostChunks).list().ofMaxSize(mostShards),
            Arbitraries.longs())
        .as(Load::new);
  }

  private static Load with(Load load, Ordering ordering) {
    return new Load(ordering, load.window(), load.workers(), load.shards(), load.seed());
  }

  private static List<Long> numbers(Load load) {
    return LongStream.range(0, load.shards().size()).boxed().toList();
  }

  private static void checkSizes(Load load, CollectingSink sink) {
    assertThat(sink.reports())
        .allSatisfy(
            report ->
                assertThat(report.outputBytes())
                    .isEqualTo(load.size((int) report.shard().index())));
    assertThat(IntStream.range(0, load.shards().size()).mapToLong(load::size).sum())
        .isEqualTo(sink.bytes().length);
  }

  /// Fails from its n-th call on.
  private static final class FailingSink extends CollectingSink {
    private final int failingCall;
    private volatile int calls;
    private volatile boolean failed;

    FailingSink(Ordering ordering, int failingCall) {
      super(ordering);
      this.failingCall = failingCall;
    }

    private synchronized void call() throws IOException {
      calls++;
      if (calls >= failingCall) {
        failed = true;
        throw new IOException("no space left");
      }
    }

    @Override
    public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
      call();
      super.write(shard, chunk);
    }

    @Override
    public synchronized void endOfShard(ShardReport report) throws IOException {
      call();
      super.endOfShard(report);
    }

    @Override
    public synchronized void idle() throws IOException {
      call();
      super.idle();
    }
  }
}
