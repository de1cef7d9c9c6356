package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Workers that push shards through a merge stage, as a run would.
///
/// @param shards the sizes of the chunks each shard writes
/// @param seed decides which threads dawdle, and where
record Load(Ordering ordering, int window, int workers, List<List<Integer>> shards, long seed) {
  private static final long TIMEOUT_SECONDS = 30;

  /// What came of it.
  ///
  /// @param mostHeld the most bytes that were between a worker's call and the sink at one time
  /// @param trouble what [MergeStage#drain] threw
  record Outcome(MergeStage stage, long mostHeld, @Nullable IOException trouble) {}

  /// Runs to the end. The sink may throw.
  Outcome run(CollectingSink sink) {
    MergeStage stage = new MergeStage(ordering, window);
    Gauge gauge = new Gauge();
    IOException[] trouble = new IOException[1];
    List<Thread> threads = new ArrayList<>();
    threads.add(
        Thread.ofPlatform()
            .name("load-writer")
            .start(
                () -> {
                  try {
                    stage.drain(new MeasuredSink(sink, gauge, new Dawdler(seed)));
                  } catch (IOException e) {
                    trouble[0] = e;
                  }
                }));
    AtomicInteger active = new AtomicInteger(workers);
    AtomicLong next = new AtomicLong();
    for (int i = 0; i < workers; i++) {
      Dawdler dawdler = new Dawdler(seed + 1 + i);
      threads.add(
          Thread.ofPlatform()
              .name("load-worker-" + i)
              .start(
                  () -> {
                    work(stage, next, gauge, dawdler);
                    if (active.decrementAndGet() == 0) {
                      stage.finish();
                    }
                  }));
    }
    join(threads, stage);
    return new Outcome(stage, gauge.most.get(), trouble[0]);
  }

  private void work(MergeStage stage, AtomicLong next, Gauge gauge, Dawdler dawdler) {
    while (stage.admit()) {
      dawdler.dawdle();
      int index = (int) next.getAndIncrement();
      if (index >= shards.size()) {
        stage.decline();
        return;
      }
      dawdler.dawdle();
      Slot slot = stage.open(Shards.shard(index));
      long written = 0;
      for (int size : shards.get(index)) {
        dawdler.dawdle();
        gauge.add(size);
        if (!slot.write(Shards.chunk(index, written, size))) {
          break;
        }
        written += size;
      }
      dawdler.dawdle();
      Shards.end(slot);
    }
  }

  private static void join(List<Thread> threads, MergeStage stage) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (thread.isAlive()) {
        String where = Arrays.toString(thread.getStackTrace());
        stage.stop();
        fail("%s is locked up in %s", thread.getName(), where);
      }
    }
  }

  long size(int shard) {
    return shards.get(shard).stream().mapToLong(size -> size).sum();
  }

  long largestChunk() {
    return shards.stream().flatMap(List::stream).mapToLong(size -> size).max().orElse(0);
  }

  /// What a shard writes in all.
  byte[] output(int shard) {
    return Shards.chunk(shard, 0, (int) size(shard)).array();
  }

  /// What all shards write, in the order of their numbers.
  byte[] output() {
    ByteBuffer all =
        ByteBuffer.allocate((int) IntStream.range(0, shards.size()).mapToLong(this::size).sum());
    for (int shard = 0; shard < shards.size(); shard++) {
      all.put(output(shard));
    }
    return all.array();
  }

  @Override
  public String toString() {
    return "%s, window %d, %d workers, seed %d, %s"
        .formatted(ordering, window, workers, seed, shards);
  }

  private static final class Gauge {
    final AtomicLong most = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    void add(long bytes) {
      long now = held.addAndGet(bytes);
      most.accumulateAndGet(now, Math::max);
    }
  }

  /// Waits a little now and then, so that threads meet in many ways.
  private static final class Dawdler {
    private final Random random;

    Dawdler(long seed) {
      random = new Random(seed);
    }

    void dawdle() {
      switch (random.nextInt(12)) {
        case 0, 1 -> Thread.yield();
        case 2 -> LockSupport.parkNanos(random.nextInt(100_000));
        default -> {}
      }
    }
  }

  private record MeasuredSink(ResultSink sink, Gauge gauge, Dawdler dawdler) implements ResultSink {
    @Override
    public void write(Shard shard, ByteBuffer chunk) throws IOException {
      dawdler.dawdle();
      long size = chunk.remaining();
      sink.write(shard, chunk);
      gauge.add(-size);
    }

    @Override
    public void endOfShard(ShardReport report) throws IOException {
      dawdler.dawdle();
      sink.endOfShard(report);
    }

    @Override
    public void idle() throws IOException {
      sink.idle();
    }
  }
}
