package org.pyparallel.report;

import java.util.OptionalLong;

/// Numbers as people read them, the same in every language.
final class Quantity {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int STEP = 1000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Quantity() {}

  /// A count from 0, in groups of three digits: `1,204,000`.
  static String count(long number) {
    StringBuilder text = new StringBuilder().append(number);
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /// A count with its noun: `1 shard`, `2 shards`.
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// How many shards are done: `50 of 80 shards done`, `50 shards done`.
  ///
  /// @param all how many there are, where that is known
  static String done(long shards, OptionalLong all) {
    return all.isPresent()
        ? count(shards) + " of " + count(all.getAsLong(), "shard") + " done"
        : count(shards, "shard") + " done";
  }

  /// A number of bytes from 0 in decimal units: `512 B`, `1.2 kB`, `38.1 MB`, `100 MB`.
  static String bytes(long number) {
    if (number < STEP) {
      return number + " B";
    }
    double value = number;
    int unit = 0;
    while (value >= STEP - 0.5) {
      value /= STEP;
      unit++;
    }
    return threeDigits(value) + " " + UNITS[unit];
  }

  /// A duration from 0: `0:05`, `12:34`, `1:02:03`; rounded down to seconds.
  static String clock(long nanos) {
    long seconds = nanos / NANOS_PER_SECOND;
    long minutes = seconds / 60;
    long hours = minutes / 60;
    StringBuilder text = new StringBuilder();
    if (hours > 0) {
      text.append(count(hours)).append(':');
      twoDigits(text, minutes % 60);
    } else {
      text.append(minutes);
    }
    text.append(':');
    twoDigits(text, seconds % 60);
    return text.toString();
  }

  /// A duration from 0 with hundredths below a minute, else as [#clock]: `0.31 s`, `1:15`.
  static String duration(long nanos) {
    if (nanos >= 60 * NANOS_PER_SECOND) {
      return clock(nanos);
    }
    long hundredths = nanos / (NANOS_PER_SECOND / 100);
    StringBuilder text = new StringBuilder().append(hundredths / 100).append('.');
    twoDigits(text, hundredths % 100);
    return text.append(" s").toString();
  }

  /// A duration that somebody typed, without the zeros: `10 s`, `1.50 s`, `1:30:00`.
  static String limit(long nanos) {
    boolean seconds = nanos < 60 * NANOS_PER_SECOND && nanos % NANOS_PER_SECOND == 0;
    return seconds ? nanos / NANOS_PER_SECOND + " s" : duration(nanos);
  }

  /// How much of something there was per second, rounded; 0 for no time.
  static long perSecond(long amount, long nanos) {
    return nanos <= 0 ? 0 : Math.round(amount * (double) NANOS_PER_SECOND / nanos);
  }

  private static String threeDigits(double value) {
    long tenths = Math.round(value * 10);
    return tenths < STEP ? tenths / 10 + "." + tenths % 10 : Long.toString(Math.round(value));
  }

  private static void twoDigits(StringBuilder text, long number) {
    if (number < 10) {
      text.append('0');
    }
    text.append(number);
  }
}
