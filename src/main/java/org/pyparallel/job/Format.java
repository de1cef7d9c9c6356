package org.pyparallel.job;

import java.util.Locale;
import java.util.OptionalInt;

/// How the bytes of an input are cut into records.
public enum Format {
  /// One `str` per line, without its line end (`\n` or `\r\n`).
  LINES('\n'),
  /// One JSON value per line; blank lines are passed over.
  JSONL('\n'),
  /// The whole shard as one `str`, cut at line ends.
  TEXT('\n'),
  /// The whole shard as one `bytes`, cut anywhere.
  BYTES(-1),
  /// Every input path is itself a record; its contents are not read.
  FILES(0),
  /// One `str` per NUL-terminated item, as `find -print0` writes them.
  NULL(0);

  private final int terminator;

  Format(int terminator) {
    this.terminator = terminator;
  }

  /// The byte that ends a record (0 to 255), or empty where any position will do.
  public OptionalInt terminator() {
    return terminator < 0 ? OptionalInt.empty() : OptionalInt.of(terminator);
  }

  /// Whether a leading UTF-8 byte order mark is dropped.
  public boolean isText() {
    return this == LINES || this == JSONL || this == TEXT;
  }

  /// The name users type after `--format`, which is also what the Python driver is told.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
