package org.pyparallel.job;

import java.util.Locale;

/// What happens to bytes that are not UTF-8; the names are Python's.
public enum EncodingErrors {
  /// The record fails with Python's `UnicodeDecodeError`; the others go on.
  STRICT,
  /// Each bad byte becomes U+FFFD.
  REPLACE,
  /// Each bad byte becomes a lone surrogate, and the same byte again on output.
  SURROGATEESCAPE;

  /// The name users type and Python knows.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
