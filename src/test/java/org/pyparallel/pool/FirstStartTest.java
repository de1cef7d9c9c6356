package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

class FirstStartTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONG_MILLIS = 100;

  private final AtomicLong now = new AtomicLong();

  private FirstStart start(Room room, OptionalLong total) {
    FirstStart start = new FirstStart(true, room, Format.ARGS, total, now::get);
    now.addAndGet(SECOND);
    start.opened(SECOND);
    return start;
  }

  /// The first worker does a fifth of a second's work, so often.
  private void work(FirstStart start, int times, long units) {
    for (int i = 0; i < times; i++) {
      ran(start, units, SECOND / 5, SECOND / 5);
    }
  }

  private void ran(FirstStart start, long units, long wall, long cpu) {
    now.addAndGet(wall);
    Shard shard = new Shard(0, "in", 0, 0, new ShardData.Nothing());
    start.ran(
        new ShardReport(
            shard,
            new ShardResult.Finished(units, 0, List.of()),
            0,
            Duration.ofNanos(now.get() - wall),
            Duration.ofNanos(wall),
            Duration.ofNanos(cpu),
            0));
  }

  private boolean isWaitedFor(FirstStart start) throws InterruptedException {
    Thread waiting = Thread.ofPlatform().daemon().start(start::await);
    waiting.join(LONG_MILLIS);
    boolean waits = waiting.isAlive();
    waiting.interrupt();
    waiting.join();
    return waits;
  }

  @Test
  void nobodyWaitsWhereItIsNotWanted() throws InterruptedException {
    assertThat(
            isWaitedFor(
                new FirstStart(false, Room.NARROW, Format.ARGS, OptionalLong.empty(), now::get)))
        .isFalse();
  }

  @Test
  void othersWaitForTheFirstShardWhereThereAreProcessors() throws InterruptedException {
    FirstStart start = start(Room.CROWDED, OptionalLong.of(1_000_000));
    assertThat(isWaitedFor(start)).isTrue();

    ran(start, 1, 0, 0);

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void othersWaitUntilTheFirstHasSettledWhereProcessorsAreFew() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.of(1_000_000));
    work(start, 3, 100);
    assertThat(isWaitedFor(start)).isTrue();

    work(start, 1, 100);

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void othersWaitToTheEndWhereItIsNear() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.of(1_200));
    work(start, 10, 100);
    assertThat(isWaitedFor(start)).isTrue();

    start.end();

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void ofAStreamAsMuchIsExpectedAsCame() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.empty());
    work(start, 5, 100);
    assertThat(isWaitedFor(start)).isTrue();

    work(start, 10, 100);

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void nobodyWaitsForOneThatMostlyWaits() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.of(20));

    ran(start, 1, 3 * SECOND, SECOND / 100);

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void longShardsThatAreEvenAreSettledSoon() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.of(9));
    ran(start, 1, 3 * SECOND, 3 * SECOND);
    ran(start, 1, 3 * SECOND, 3 * SECOND);
    assertThat(isWaitedFor(start)).isTrue();

    ran(start, 1, 3 * SECOND, 3 * SECOND);

    assertThat(isWaitedFor(start)).isFalse();
  }

  @Test
  void nobodyWaitsForOneThatIsStuck() throws InterruptedException {
    FirstStart start = start(Room.NARROW, OptionalLong.of(1_200));
    work(start, 5, 100);
    assertThat(isWaitedFor(start)).isTrue();

    now.addAndGet(5 * SECOND);

    assertThat(isWaitedFor(start)).isFalse();
  }
}
