package org.pyparallel.pool;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.pyparallel.job.Shard;
import org.pyparallel.job.TimeLimit;

/// How long a shard may take: so long, or so much longer than others of its size took. Safe for use
/// by several threads.
final class ShardTimes {
  static final long UNKNOWN = Long.MAX_VALUE;

  /// So many shards must have ended before there is a median.
  private static final int FEWEST = 3;

  /// So many of the last ones are remembered.
  private static final int MOST = 1001;

  /// No median makes a shard's time shorter than this.
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeLimit limit;
  private final double[] nanosPerByte = new double[MOST];
  private int count;

  ShardTimes(TimeLimit limit) {
    this.limit = limit;
  }

  /// How long a shard may take, in nanoseconds; [#UNKNOWN] as long as nobody can tell.
  long limitNanos(Shard shard) {
    if (limit instanceof TimeLimit.Fixed fixed) {
      return Deadlines.nanos(fixed.time());
    }
    double median = median();
    if (median < 0) {
      return UNKNOWN;
    }
    int percent = ((TimeLimit.OfMedian) limit).percent();
    return Math.max(LEAST_NANOS, (long) (median * Math.max(1, shard.length()) * percent / 100));
  }

  /// A shard came to its end.
  ///
  /// @param nanos how long it was worked on
  synchronized void ended(Shard shard, long nanos) {
    nanosPerByte[count++ % MOST] = (double) nanos / Math.max(1, shard.length());
  }

  private synchronized double median() {
    if (count < FEWEST) {
      return -1;
    }
    double[] known = Arrays.copyOf(nanosPerByte, Math.min(count, MOST));
    Arrays.sort(known);
    return known[known.length / 2];
  }

  /// What is said of a shard that took longer.
  String message(long limitNanos) {
    String time = "the shard took longer than " + seconds(limitNanos);
    return switch (limit) {
      case TimeLimit.Fixed _ -> time + " (--timeout)";
      case TimeLimit.OfMedian(int percent) ->
          time + ", " + percent + "% of what others of its size took (--timeout)";
    };
  }

  /// A time for people, such as `2.5 s`.
  static String seconds(long nanos) {
    BigDecimal seconds = BigDecimal.valueOf(nanos, 9).setScale(3, RoundingMode.HALF_UP);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }
}
