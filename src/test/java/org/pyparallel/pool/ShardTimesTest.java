package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.TimeLimit;

class ShardTimesTest {
  private static Shard shard(int length) {
    return new Shard(0, "in", 0, 0, new ShardData.Bytes(ByteBuffer.allocate(length)));
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aFixedTimeIsKnownFromTheStart() {
    ShardTimes times = new ShardTimes(new TimeLimit.Fixed(Duration.ofMillis(1_500)));

    assertThat(times.limitNanos(shard(1))).isEqualTo(1_500_000_000);
    assertThat(times.message(1_500_000_000))
        .isEqualTo("the shard took longer than 1.5 s (--timeout)");
  }

  @Test
  void noTimeIsTooLong() {
    ShardTimes times = new ShardTimes(new TimeLimit.Fixed(Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(times.limitNanos(shard(1))).isEqualTo(ShardTimes.UNKNOWN);
  }

  @Test
  void theMedianIsByTheByte() {
    ShardTimes times = new ShardTimes(new TimeLimit.OfMedian(200));
    times.ended(shard(10), seconds(10));
    times.ended(shard(20), seconds(40));
    assertThat(times.limitNanos(shard(10))).isEqualTo(ShardTimes.UNKNOWN);

    times.ended(shard(1), seconds(3));

    assertThat(times.limitNanos(shard(10))).isEqualTo(seconds(40));
    assertThat(times.limitNanos(shard(0))).isEqualTo(seconds(4));
    assertThat(times.message(seconds(40)))
        .isEqualTo(
            "the shard took longer than 40 s, 200% of what others of its size took (--timeout)");
  }

  @Test
  void aMedianLeavesASecond() {
    ShardTimes times = new ShardTimes(new TimeLimit.OfMedian(150));
    for (int i = 0; i < 2_000; i++) {
      times.ended(shard(1_000), 5);
    }

    assertThat(times.limitNanos(shard(1_000))).isEqualTo(seconds(1));
  }
}
