package org.pyparallel.workload;

import java.nio.ByteBuffer;
import org.pyparallel.job.RunPlan;

/// What stands before the first record of a source: a UTF-8 byte order mark, and the row that names
/// the fields of a table.
///
/// The names are in the first row that is not blank. It ends with its line: at `\n`, `\r\n` or,
/// unlike the rows behind it, at a `\r` alone, so that a table that knows no other line ends is not
/// taken for a header without rows.
final class SourceHead {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private enum State {
    MARK,
    BLANK,
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE,
    /// Behind a `\r` that ends the row, which a `\n` may follow.
    RETURN,
    DONE
  }

  private final boolean text;
  private final boolean header;
  private final byte delimiter;
  private State state = State.MARK;
  private int walked;
  private int mark;
  private int rowStart;
  private int rowEnd;
  private String row = "";
  private long lines;

  SourceHead(RunPlan plan) {
    text = plan.format().isText();
    header = plan.format().isTable() && plan.formatOptions().header();
    delimiter = (byte) plan.formatOptions().delimiter();
  }

  /// Looks at the start of the source, and each time at more of it.
  ///
  /// @param from the index of the source's first byte
  /// @param to behind the last byte that is there
  /// @param last whether the source ends at `to`
  /// @return whether that was enough
  boolean look(ByteBuffer buffer, int from, int to, boolean last) {
    if (state == State.MARK && !passMark(buffer, from, to, last)) {
      return false;
    }
    while (state != State.DONE && from + walked < to) {
      step(buffer.get(from + walked));
    }
    if (state != State.DONE && last) {
      rowEnd = state == State.RETURN ? rowEnd : walked;
      state = State.DONE;
    }
    if (state == State.DONE && header && row.isEmpty()) {
      row = latin1(buffer, from + rowStart, from + rowEnd);
    }
    return state == State.DONE;
  }

  private boolean passMark(ByteBuffer buffer, int from, int to, boolean last) {
    int same = 0;
    while (text
        && same < MARK.length
        && from + same < to
        && buffer.get(from + same) == MARK[same]) {
      same++;
    }
    boolean undecided = text && same < MARK.length && from + same == to && !last;
    if (undecided) {
      return false;
    }
    mark = same == MARK.length ? same : 0;
    walked = mark;
    rowStart = mark;
    state = header ? State.BLANK : State.DONE;
    return true;
  }

  private void step(byte value) {
    if (state == State.RETURN) {
      state = State.DONE;
      if (value != '\n') {
        return;
      }
    } else if (state == State.QUOTED) {
      state = value == '"' ? State.QUOTE : State.QUOTED;
    } else if (value == '\n' || value == '\r') {
      endLine(value);
    } else if (value == '"' && state != State.PLAIN) {
      state = State.QUOTED;
    } else {
      state = value == delimiter ? State.FIELD_START : State.PLAIN;
    }
    lines += value == '\n' ? 1 : 0;
    walked++;
  }

  private void endLine(byte value) {
    if (state == State.BLANK) {
      rowStart = walked + 1;
      rowEnd = rowStart;
    } else {
      rowEnd = walked;
      state = value == '\r' ? State.RETURN : State.DONE;
    }
  }

  private static String latin1(ByteBuffer buffer, int from, int to) {
    var text = new StringBuilder(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      text.append((char) (buffer.get(i) & 0xff));
    }
    return text.toString();
  }

  /// The number of bytes that belong to no shard: all up to the header's end, or none where there
  /// is no header.
  int length() {
    return header ? walked : 0;
  }

  /// The number of bytes at the start of the first shard that belong to no record.
  int mark() {
    return header ? 0 : mark;
  }

  /// How many line feeds belong to no shard.
  long lines() {
    return lines;
  }

  /// Whether the format has a header at all.
  boolean hasRow() {
    return header;
  }

  /// The header without its line end, bytes as Latin-1; empty where there is none.
  String row() {
    return row;
  }
}
