package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// What holds when shards give their tails away at any time, and these theirs. Not shrunk: the
/// threads do not meet in the same way twice.
class MergeStageTailProperties {
  private static final int LARGE = 150_000;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void inInputOrderATailComesRightBehindItsShard(
      @ForAll("records") List<Integer> records,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll long seed)
      throws Exception {
    CollectingSink sink = new CollectingSink();

    new Run(Ordering.INPUT, window, records, seed).to(sink);

    assertThat(sink.text()).isEqualTo(output(records));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void inAnyOtherOrderEachRecordComesOnceAndWhole(
      @ForAll("records") List<Integer> records,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll boolean byLine,
      @ForAll long seed)
      throws Exception {
    Ordering ordering = byLine ? Ordering.LINES : Ordering.COMPLETION;
    CollectingSink sink = new CollectingSink(ordering);

    new Run(ordering, window, records, seed).to(sink);

    assertThat(sink.text().lines())
        .containsExactlyInAnyOrderElementsOf(output(records).lines().toList());
  }

  /// The sizes of shards, in records.
  @Provide
  Arbitrary<List<Integer>> records() {
    return Arbitraries.integers().between(0, 40).list().ofMaxSize(12);
  }

  private static String output(List<Integer> records) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    for (int shard = 0; shard < records.size(); shard++) {
      for (int record = 0; record < records.get(shard); record++) {
        output.writeBytes(line(shard, record));
      }
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  /// What a record gives; some of it is more than half of what a small slot holds.
  private static byte[] line(long shard, long record) {
    String line = shard + "/" + record;
    String filled = record % 17 == 5 ? line + " ".repeat(LARGE) : line;
    return (filled + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Workers of which there is always an idle one.
  private record Run(Ordering ordering, int window, List<Integer> records, long seed) {
    void to(CollectingSink sink) throws Exception {
      MergeStage stage = new MergeStage(ordering, window);
      AtomicLong next = new AtomicLong();
      ConcurrentLinkedQueue<Thread> tails = new ConcurrentLinkedQueue<>();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Random random = new Random(seed + i);
        workers.add(start(() -> work(stage, next, tails, random)));
      }
      start(
          () -> {
            join(workers);
            while (!tails.isEmpty()) {
              join(List.of(tails.remove())); // it has added its own tails by then
            }
            stage.finish();
          });
      stage.drain(sink);
    }

    private void work(
        MergeStage stage, AtomicLong next, ConcurrentLinkedQueue<Thread> tails, Random random) {
      while (stage.admit()) {
        int index = (int) next.getAndIncrement();
        if (index >= records.size()) {
          stage.decline();
          return;
        }
        Slot slot = stage.open(shard(index, 0));
        part(stage, slot, records.get(index), tails, random);
      }
    }

    /// Writes records up to `end`, unless what is behind some of them is given away.
    private void part(
        MergeStage stage, Slot slot, int end, ConcurrentLinkedQueue<Thread> tails, Random random) {
      int left = end;
      for (int record = (int) slot.shard.offset(); record < left; record++) {
        slot.write(ByteBuffer.wrap(line(slot.shard.index(), record)));
        if (record + 2 < left && random.nextInt(6) == 0) {
          int cut = record + 1 + random.nextInt(left - record - 1);
          int tailEnd = left;
          Slot tail = stage.openTail(slot, shard(slot.shard.index(), cut));
          Random own = new Random(random.nextLong());
          tails.add(start(() -> part(stage, tail, tailEnd, tails, own)));
          left = cut;
        }
        if (random.nextInt(8) == 0) {
          LockSupport.parkNanos(random.nextInt(100_000));
        }
      }
      Shards.end(slot);
    }

    private static Shard shard(long index, int from) {
      return new Shard(index, "in", from, -1, new ShardData.Bytes(ByteBuffer.allocate(1)));
    }

    private static Thread start(Runnable task) {
      return Thread.ofPlatform().daemon().start(task);
    }

    private static void join(List<Thread> threads) {
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
