package org.pyparallel.cli;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads times: a number, with a decimal point or without, and a unit; seconds where there is none.
final class TimeSpan {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(10_000);

  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /// More than anybody writes, and few enough to be multiplied in no time.
  private static final int MOST_DIGITS = 30;

  private TimeSpan() {}

  /// An option's value.
  ///
  /// @param more what else the option takes, for the message
  /// @throws CommandLineError if it is no time
  static Duration read(OptionValue value, String more) {
    Duration time = parse(value.text());
    if (time == null) {
      throw value.error(
          "must be a time from 1ms to 10000d, such as 10 (seconds), 1.5, 500ms, 10s, 5m, 2h or 1d"
              + more);
    }
    return time;
  }

  /// The time, or null if the text is none, or one below a millisecond or above 10,000 days.
  static @Nullable Duration parse(String text) {
    int digits = 0;
    int points = 0;
    int end = 0;
    while (end < text.length() && isOfNumber(text.charAt(end))) {
      if (text.charAt(end) == '.') {
        points++;
      } else {
        digits++;
      }
      end++;
    }
    long unit = nanos(text.substring(end));
    if (digits == 0 || digits > MOST_DIGITS || points > 1 || unit == 0) {
      return null;
    }
    BigDecimal exact = new BigDecimal(text.substring(0, end)).multiply(BigDecimal.valueOf(unit));
    if (exact.compareTo(BigDecimal.valueOf(MOST.toNanos())) > 0) {
      return null;
    }
    Duration time = Duration.ofNanos(exact.longValue());
    return time.compareTo(LEAST) < 0 ? null : time;
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  /// A unit in nanoseconds, 0 if there is none of that name.
  private static long nanos(String unit) {
    return switch (unit) {
      case "ms" -> 1_000_000;
      case "", "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      case "d" -> DAY;
      default -> 0;
    };
  }
}
