package org.pyparallel.repl;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Times and sizes as people read them.
final class Figures {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private Figures() {}

  /// A time with three digits and a unit that suits it: `1.25 ms`.
  static String seconds(double seconds) {
    if (seconds < 1e-6) {
      return digits(seconds * 1e9) + " ns";
    }
    if (seconds < 1e-3) {
      return digits(seconds * 1e6) + " µs";
    }
    return seconds < 1 ? digits(seconds * 1e3) + " ms" : digits(seconds) + " s";
  }

  /// A time in nanoseconds, see [#seconds].
  static String nanos(long nanos) {
    return seconds(nanos / 1e9);
  }

  /// A size with three digits: `12.5 MB`; a dash for 0, which stands for not known.
  static String bytes(long bytes) {
    return bytes <= 0 ? "-" : digits(bytes / 1e6) + " MB";
  }

  /// How often one time goes into another, one digit after the point.
  static String ratio(double ratio) {
    return BigDecimal.valueOf(ratio).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  private static String digits(double value) {
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
  }
}
