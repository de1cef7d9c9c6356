package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/// Finds records that several bytes end, the same in the same order: from left to right, none of
/// which counts twice.
///
/// Where the bytes repeat themselves (`\n\n`), only a walk from the start tells which of three line
/// feeds in a row end a record.
final class SeparatorScan implements RecordScan {
  private final byte[] separator;

  /// For each number of bytes that match: how many still do when the next one does not.
  private final int[] fallback;

  private final RecordEnds first;

  /// How many bytes of the separator the walk ends with.
  private int matched;

  private SeparatorScan(byte[] separator) {
    this.separator = separator;
    this.first = new RecordEnds.AtByte(separator[0]);
    this.fallback = new int[separator.length];
    for (int i = 1, same = 0; i < separator.length; i++) {
      while (same > 0 && separator[i] != separator[same]) {
        same = fallback[same];
      }
      if (separator[i] == separator[same]) {
        same++;
      }
      if (i + 1 < separator.length) {
        fallback[i + 1] = same;
      }
    }
  }

  /// @param separator bytes as Latin-1, at least one
  static RecordScan of(String separator) {
    byte[] bytes = separator.getBytes(ISO_8859_1);
    return bytes.length == 1
        ? new EndsScan(new RecordEnds.AtByte(bytes[0]))
        : new SeparatorScan(bytes);
  }

  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last) {
    int at = from;
    while (at < to) {
      if (matched == 0) {
        at = first.nth(buffer, at, to, 1);
        if (at < 0) {
          return NONE;
        }
      }
      byte next = buffer.get(at++);
      while (matched > 0 && next != separator[matched]) {
        matched = fallback[matched];
      }
      if (next == separator[matched]) {
        matched++;
      }
      if (matched == separator.length) {
        matched = 0;
        if (at >= earliest) {
          return at;
        }
      }
    }
    return NONE;
  }

  @Override
  public void restart() {
    matched = 0;
  }
}
