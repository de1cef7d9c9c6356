package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// Finds records that begin with certain lines: one ends where the next line of that kind begins.
final class StartScan implements RecordScan {
  private final RecordStart start;

  /// How many bytes of a line that has not ended were walked over.
  private int begun;

  /// Whether that line is the first of its record, whatever it looks like.
  private boolean first = true;

  StartScan(RecordStart start) {
    this.start = start;
  }

  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last) {
    int line = from - begun;
    int at = from;
    if (line < earliest - 1 && earliest - 1 > at) {
      // Only lines that begin at `earliest` or behind are of interest.
      int skipped = Math.min(earliest - 1, to);
      int end = RecordEnds.LINES.last(buffer, at, skipped);
      if (end >= 0) {
        line = end + 1;
        first = false;
      }
      at = skipped;
    }
    while (at < to || (last && line < to)) {
      int end = RecordEnds.LINES.nth(buffer, at, to, 1);
      if (end < 0 && !last) {
        break;
      }
      int lineEnd = end < 0 ? to : end;
      if (!first && line >= earliest && start.matches(buffer, line, lineEnd)) {
        restart();
        return line;
      }
      first = false;
      at = end < 0 ? to : end + 1;
      line = at;
    }
    begun = to - line;
    return NONE;
  }

  @Override
  public void restart() {
    begun = 0;
    first = true;
  }

  @Override
  public int kept() {
    return begun;
  }
}
