package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// A field of a line, where runs of blanks separate fields, as `awk` has them.
///
/// @param number from 1
record FieldKey(int number) implements RecordKey {
  @Override
  public boolean find(ByteBuffer buffer, int from, int to, Span key) {
    int at = from;
    for (int field = 1; ; field++) {
      while (at < to && isBlank(buffer.get(at))) {
        at++;
      }
      int start = at;
      while (at < to && !isBlank(buffer.get(at))) {
        at++;
      }
      if (field == number || at == to) {
        key.set(field == number ? start : at, at);
        return true;
      }
    }
  }

  /// The line's end counts as blank too.
  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\n' || value == '\r';
  }
}
