package org.pyparallel.job;

import java.util.Locale;
import java.util.OptionalInt;

/// How the bytes of an input are cut into records. What a format leaves open is in [FormatOptions].
public enum Format {
  /// One `str` per line, without its line end (`\n` or `\r\n`).
  LINES(Cut.LINE_FEED),
  /// One JSON value per line; blank lines are passed over.
  JSONL(Cut.LINE_FEED),
  /// One JSON value per line where the line is one, else the line as a `str`.
  VALUES(Cut.LINE_FEED),
  /// JSON values one after the other; an array at the top level stands for its elements.
  JSON(Cut.SCAN),
  /// Rows of separated fields: a `dict` by the header's names, or a `list` where there is none.
  CSV(Cut.SCAN),
  /// [#CSV] with tabs.
  TSV(Cut.SCAN),
  /// One `str` per record, where [FormatOptions] say how records end or begin.
  RECORDS(Cut.SCAN),
  /// The whole shard as one `str`, cut at line ends.
  TEXT(Cut.LINE_FEED),
  /// The whole shard as one `bytes`, cut anywhere.
  BYTES(Cut.ANYWHERE),
  /// Every input path is itself a record; its contents are not read.
  FILES(Cut.NUL),
  /// One `str` per NUL-terminated item, as `find -print0` writes them.
  NULL(Cut.NUL),
  /// What was given on the command line: a `str`, or a `tuple` of them where several lists were
  /// given. NUL-terminated items, [FormatOptions#width] to a record.
  ARGS(Cut.NUL),
  /// The integers of a range.
  RANGE(Cut.ANYWHERE);

  /// Where an input may be cut.
  private enum Cut {
    LINE_FEED,
    NUL,
    ANYWHERE,
    SCAN
  }

  private final Cut cut;

  Format(Cut cut) {
    this.cut = cut;
  }

  /// The byte that ends a record wherever it stands (0 to 255), or empty where none does.
  public OptionalInt terminator() {
    return switch (cut) {
      case LINE_FEED -> OptionalInt.of('\n');
      case NUL -> OptionalInt.of(0);
      case ANYWHERE, SCAN -> OptionalInt.empty();
    };
  }

  /// Whether only a scan from the start of a source tells where a record ends: a line feed may
  /// stand between quotes.
  public boolean needsScan() {
    return cut == Cut.SCAN;
  }

  /// Whether a leading UTF-8 byte order mark is dropped.
  public boolean isText() {
    return cut == Cut.LINE_FEED || this == JSON || isTable();
  }

  /// Whether records are rows of fields.
  public boolean isTable() {
    return this == CSV || this == TSV;
  }

  /// Whether every line is one record, so that a record's number is its line's.
  public boolean isLines() {
    return this == LINES || this == JSONL || this == VALUES;
  }

  /// Whether the size of an input is told in items, its bytes (if any) being of no interest.
  public boolean isCounted() {
    return this == FILES || this == ARGS || this == RANGE;
  }

  /// How much of an input is told by so many records of so many bytes.
  public long units(long records, long bytes) {
    return isCounted() ? records : bytes;
  }

  /// Whether a shard can be cut in two in front of any of its records once a worker has it.
  public boolean isDivisible() {
    return this != JSON && this != TEXT && this != BYTES;
  }

  /// The name users type after `--format`, which is also what the Python driver is told.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
