package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// A field of a line, where every delimiter separates two fields and nothing is quoted, as `cut`
/// has them.
///
/// @param number from 1
record CutKey(int number, byte delimiter) implements RecordKey {
  @Override
  public boolean find(ByteBuffer buffer, int from, int to, Span key) {
    int end = RecordKey.withoutLineEnd(buffer, from, to);
    int start = from;
    for (int field = 1; ; field++) {
      int at = start;
      while (at < end && buffer.get(at) != delimiter) {
        at++;
      }
      if (field == number || at == end) {
        key.set(field == number ? start : at, at);
        return true;
      }
      start = at + 1;
    }
  }
}
