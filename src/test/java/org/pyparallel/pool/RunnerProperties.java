package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.pyparallel.interpreter.FakeInterpreter;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.CollectingSink;

/// Whatever scripts do, and whenever somebody ends the run: it ends, its output is in order, of no
/// shard twice, and where output is held back whole or absent. Not shrunk: threads do not meet in
/// the same way twice.
class RunnerProperties {
  private static final Duration LIMIT = Duration.ofMillis(80);
  private static final int MOST_SECONDS = 30;

  private enum Deed {
    WORK,
    WORK_MUCH,
    FAIL,
    FAIL_A_RECORD,
    HANG,
    HANG_IN_C,
    CRASH
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void aRunEndsWell(@ForAll Random random) throws Exception {
    Path folder = Files.createTempDirectory("runner-properties");
    try {
      check(random, folder);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).describedAs("temporary files").isEmpty();
      }
    } finally {
      Files.delete(folder);
    }
  }

  private static void check(Random random, Path folder) throws Exception {
    int shards = random.nextInt(25);
    int retries = random.nextInt(3);
    boolean bisect = random.nextInt(4) == 0;
    Optional<Halt> halt = random.nextInt(3) == 0 ? Optional.of(halt(random)) : Optional.empty();
    RunPlan plan =
        TestRun.plan(
            1 + random.nextInt(4),
            TestRun.shardLimit(LIMIT),
            new Recovery(retries, true, bisect, halt));
    CountDownLatch release = new CountDownLatch(1);
    Misdeeds misdeeds = new Misdeeds(deeds(random, shards, retries), release);
    FakeRuntime runtime = new FakeRuntime(misdeeds);
    FakeRuntime rescue = random.nextBoolean() ? new FakeRuntime(misdeeds) : null;
    TestRun run =
        new TestRun(
            runtime, rescue, ListSource.lines(shards), plan, new CollectingSink(), folder, () -> 0);

    CompletableFuture<RunReport> future = run.start();
    String ended = endEarly(random, run, misdeeds.begun);
    RunReport report = future.get(MOST_SECONDS, TimeUnit.SECONDS);

    int told = run.events.all().size();
    assertThat(run.events.overlapped()).isFalse();
    assertThat(run.events.all().getLast()).isEqualTo(new RunEvent.Ended(report));
    checkOutput(run, shards, retries > 0 || bisect);
    if (report.end() == RunReport.End.COMPLETE) {
      assertThat(run.sink.ended()).describedAs(ended).hasSize(shards);
      assertThat(report.shards()).isEqualTo(shards);
    }
    if (halt.isEmpty() && ended.isEmpty()) {
      assertThat(report.end()).isEqualTo(RunReport.End.COMPLETE);
    }
    release.countDown();
    assertThat(run.threadsLeft()).isEmpty();
    List<FakeInterpreter> all = new ArrayList<>(runtime.interpreters());
    if (rescue != null) {
      all.addAll(rescue.interpreters());
    }
    for (FakeInterpreter interpreter : all) {
      interpreter.owner().join(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
      assertThat(interpreter.closes()).isEqualTo(1);
    }
    assertThat(run.events.all()).describedAs("nothing further comes").hasSize(told);
  }

  private static Halt halt(Random random) {
    return new Halt(
        Halt.When.values()[random.nextInt(2)],
        Halt.What.values()[random.nextInt(3)],
        1 + random.nextInt(10),
        random.nextBoolean());
  }

  private static List<List<Deed>> deeds(Random random, int shards, int retries) {
    Deed[] all = Deed.values();
    List<List<Deed>> deeds = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<Deed> attempts = new ArrayList<>();
      for (int attempt = 0; attempt <= retries; attempt++) {
        attempts.add(random.nextInt(3) > 0 ? Deed.WORK : all[random.nextInt(all.length)]);
      }
      deeds.add(attempts);
    }
    return deeds;
  }

  /// @return how, for messages; empty if it is left alone
  private static String endEarly(Random random, TestRun run, Semaphore begun)
      throws InterruptedException {
    int way = random.nextInt(4);
    if (way < 2) {
      return "";
    }
    begun.tryAcquire(1 + random.nextInt(10), random.nextInt(400), TimeUnit.MILLISECONDS);
    if (way == 2) {
      run.runner.stop();
      return "stopped";
    }
    run.runner.drain();
    if (random.nextInt(4) == 0) {
      run.runner.stop();
      return "drained and stopped";
    }
    return "drained";
  }

  private static void checkOutput(TestRun run, int shards, boolean held) {
    List<Long> ended = run.sink.ended();
    assertThat(ended).isSorted().doesNotHaveDuplicates();
    // One that was being passed on when the run was stopped is cut off, as any other.
    Set<Long> cutOff = new HashSet<>();
    for (ShardReport report : run.sink.reports()) {
      if (report.result() instanceof ShardResult.Interrupted) {
        cutOff.add(report.shard().index());
      }
    }
    for (long shard = 0; shard < shards; shard++) {
      byte[] bytes = run.sink.bytes(shard);
      byte[] whole = Misdeeds.output(shard);
      if (held && ended.contains(shard) && !cutOff.contains(shard)) {
        assertThat(bytes.length).describedAs("shard " + shard).isIn(0, whole.length);
      }
      assertThat(bytes).isEqualTo(java.util.Arrays.copyOf(whole, bytes.length));
    }
    for (ShardReport report : run.sink.reports()) {
      boolean whole =
          report.result() instanceof ShardResult.Finished finished && finished.failedRecords() == 0;
      if (whole) {
        assertThat(run.sink.bytes(report.shard().index()))
            .isEqualTo(Misdeeds.output(report.shard().index()));
      }
    }
  }

  /// Does with each attempt at a shard what it was told; the last deed again for further ones.
  private static final class Misdeeds implements FakeScript {
    private final List<List<Deed>> deeds;
    private final CountDownLatch release;
    private final ConcurrentHashMap<Long, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Semaphore begun = new Semaphore(0);

    Misdeeds(List<List<Deed>> deeds, CountDownLatch release) {
      this.deeds = deeds;
      this.release = release;
    }

    /// What a shard gives that works. Those that give much need a file to be held back.
    static byte[] output(long shard) {
      byte[] output = new byte[shard % 7 == 3 ? (3 << 20) : 1000];
      java.util.Arrays.fill(output, (byte) ('a' + shard % 26));
      output[output.length - 1] = '\n';
      return output;
    }

    @Override
    public ShardResult run(Shard shard, byte[] bytes, ShardOutput output)
        throws InterruptedException {
      begun.release();
      List<Deed> told = deeds.get((int) shard.index());
      int attempt =
          attempts.computeIfAbsent(shard.index(), _ -> new AtomicInteger()).getAndIncrement();
      byte[] whole = output(shard.index());
      int half = whole.length / 2;
      boolean wanted = output.write(java.nio.ByteBuffer.wrap(whole, 0, half));
      ShardResult finished = new ShardResult.Finished(1, 0, List.of());
      switch (told.get(Math.min(attempt, told.size() - 1))) {
        case WORK -> {}
        case WORK_MUCH -> Thread.sleep(20);
        case FAIL -> {
          return new ShardResult.Failed(1, 0, List.of(FakeScripts.error(-1, "failed")));
        }
        case FAIL_A_RECORD ->
            finished = new ShardResult.Finished(1, 1, List.of(FakeScripts.error(0, "failed")));
        case HANG -> new CountDownLatch(1).await();
        case HANG_IN_C -> Stubborn.await(release);
        case CRASH -> throw new FakeScripts.Crash();
      }
      if (wanted) {
        output.write(java.nio.ByteBuffer.wrap(whole, half, whole.length - half));
      }
      return finished;
    }
  }
}
