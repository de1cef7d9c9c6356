package org.pyparallel.cli;

/// Reads whole numbers made of ASCII digits only: no sign, no space, no other script's digits.
final class WholeNumber {
  /// Stands for text that is no whole number, or too large a one.
  static final long NONE = -1;

  private static final int DIGITS = 19;

  private WholeNumber() {}

  /// Returns the number, or [#NONE]; up to [Long#MAX_VALUE].
  static long parse(String text) {
    if (text.isEmpty() || text.length() > DIGITS) {
      return NONE;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number < 0 ? NONE : number; // 19 digits go beyond a long, but not around it
  }
}
