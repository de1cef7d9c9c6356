package org.pyparallel.cli;

import java.math.BigDecimal;
import org.pyparallel.job.Input;

/// Reads ranges of whole numbers: `A..B` or `A..B..STEP`, both ends included, as `{A..B..STEP}` in
/// bash.
///
/// A number has an optional sign, `_` between digits, and an exponent where that makes a whole one:
/// `-5`, `1_000_000`, `1e9`, `2.5e3`. The step is 1 or -1 where it is not given.
final class IntegerRange {
  private static final String DOTS = "..";

  private IntegerRange() {}

  /// Reads one.
  ///
  /// @return the range; its last number is one that is reached
  /// @throws IllegalArgumentException if the text is none; the message says what it must be
  static Input.Range parse(String text) {
    int dots = text.indexOf(DOTS);
    if (dots < 0) {
      throw new IllegalArgumentException(
          "must be the first and the last number, as in 1..100, and perhaps a step, as in"
              + " 0..100..10");
    }
    String rest = text.substring(dots + DOTS.length());
    int more = rest.indexOf(DOTS);
    long first = number(text.substring(0, dots));
    long last = number(more < 0 ? rest : rest.substring(0, more));
    long step = last < first ? -1 : 1;
    if (more >= 0) {
      step = number(rest.substring(more + DOTS.length()));
      check(first, last, step);
    }
    return normal(first, last, step);
  }

  private static void check(long first, long last, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("the step must not be 0: it would never end");
    }
    if (first != last && step > 0 != last > first) {
      throw new IllegalArgumentException(
          "the step leads away from "
              + last
              + ": "
              + (step > 0 ? "put a - before it" : "leave out its -"));
    }
  }

  /// Moves the last number to one that is reached. Differences are unsigned: they may be as large
  /// as 2^64.
  private static Input.Range normal(long first, long last, long step) {
    long steps =
        step > 0
            ? Long.divideUnsigned(last - first, step)
            : Long.divideUnsigned(first - last, -step);
    if (steps < 0 || steps == Long.MAX_VALUE) {
      throw new IllegalArgumentException("holds more numbers than can be counted (2^63)");
    }
    return new Input.Range(first, first + steps * step, step);
  }

  private static long number(String text) {
    StringBuilder digits = new StringBuilder(text);
    for (int i = digits.length() - 2; i > 0; i--) {
      if (digits.charAt(i) == '_' && isDigit(digits, i - 1) && isDigit(digits, i + 1)) {
        digits.deleteCharAt(i);
      }
    }
    if (!isNumber(digits)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no whole number; write one as 100, -5, 1_000_000 or 1e9");
    }
    try {
      return new BigDecimal(digits.toString()).longValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      throw new IllegalArgumentException(
          "'" + text + "' is no whole number from -2^63 to 2^63 - 1");
    }
  }

  /// Whether the text is ASCII digits with an optional sign and exponent, and a fraction only where
  /// there is an exponent.
  private static boolean isNumber(CharSequence text) {
    int at = skipDigits(text, skipSign(text, 0));
    boolean digits = at > 0 && isDigit(text, at - 1);
    boolean fraction = false;
    if (at < text.length() && text.charAt(at) == '.') {
      int end = skipDigits(text, at + 1);
      fraction = true;
      digits &= end > at + 1;
      at = end;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int start = skipSign(text, at + 1);
      at = skipDigits(text, start);
      return digits && at > start && at == text.length();
    }
    return digits && !fraction && at == text.length();
  }

  private static int skipSign(CharSequence text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  private static int skipDigits(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(CharSequence text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }
}
