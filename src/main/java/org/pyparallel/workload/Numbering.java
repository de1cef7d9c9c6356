package org.pyparallel.workload;

import org.pyparallel.job.Format;

/// How many records and lines of a source come before its next piece. Used by one thread at a time.
final class Numbering {
  private final boolean recordsCounted;
  private final boolean linesCounted;
  private final boolean linesAreRecords;
  private boolean atStart = true;
  private long records;
  private long lines;

  /// @param recordsCounted whether the number of records will be known for every piece
  /// @param linesCounted whether the number of lines will; where lines are records, there is no
  ///   need
  Numbering(Format format, boolean recordsCounted, boolean linesCounted) {
    this.recordsCounted = recordsCounted;
    this.linesAreRecords = format.isLines();
    this.linesCounted = linesCounted && !linesAreRecords;
  }

  /// Whether someone is to count line feeds.
  boolean countsLines() {
    return linesCounted;
  }

  /// As in [org.pyparallel.job.Shard].
  long firstRecord() {
    return atStart || recordsCounted ? records : -1;
  }

  /// As in [org.pyparallel.job.Shard].
  long firstLine() {
    if (linesAreRecords) {
      return firstRecord();
    }
    return atStart || linesCounted ? lines : -1;
  }

  /// Counts lines that belong to no piece, before the first one.
  void skip(long headLines) {
    lines += headLines;
  }

  /// Counts a piece.
  void add(long pieceRecords, long pieceLines) {
    atStart = false;
    records += pieceRecords;
    lines += pieceLines;
  }
}
