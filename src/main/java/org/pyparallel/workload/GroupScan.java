package org.pyparallel.workload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Finds the ends of groups: of records that follow each other and have the same key, byte by byte.
///
/// A group ends where the next record has another key, so it takes that record to tell. The records
/// are found by a scan that is in the same state at every record end.
final class GroupScan implements RecordScan {
  private final RecordScan scan;
  private final RecordKey key;
  private final RecordKey.Span found = new RecordKey.Span();

  /// How many bytes of a record that has not ended were walked over.
  private int begun;

  /// The key of the last record, where it is known.
  private byte[] last = new byte[32];

  private int lastLength = NONE;

  private long count;
  private long counted;

  GroupScan(RecordScan scan, RecordKey key) {
    this.scan = scan;
    this.key = key;
  }

  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean ends) {
    int record = from - begun;
    int at = from;
    while (at < to || (ends && record < to)) {
      int end = scan.walk(buffer, at, to, at, ends);
      if (end == NONE && ends) {
        end = to;
      }
      if (end == NONE) {
        break;
      }
      // Up to there no group's end is wanted, nor the key it would have.
      if (end >= earliest && key.find(buffer, record, end, found)) {
        if (lastLength != NONE && !isLast(buffer)) {
          counted = count;
          restart();
          return record;
        }
        remember(buffer);
      }
      count++;
      record = end;
      at = end;
    }
    begun = to - record;
    return NONE;
  }

  private boolean isLast(ByteBuffer buffer) {
    if (found.to - found.from != lastLength) {
      return false;
    }
    for (int i = 0; i < lastLength; i++) {
      if (buffer.get(found.from + i) != last[i]) {
        return false;
      }
    }
    return true;
  }

  private void remember(ByteBuffer buffer) {
    if (lastLength != NONE) {
      return;
    }
    lastLength = found.to - found.from;
    if (last.length < lastLength) {
      last = Arrays.copyOf(last, Math.max(lastLength, 2 * last.length));
    }
    buffer.get(found.from, last, 0, lastLength);
  }

  @Override
  public void restart() {
    scan.restart();
    begun = 0;
    lastLength = NONE;
    count = 0;
  }

  @Override
  public long records() {
    return counted;
  }

  @Override
  public int kept() {
    return begun;
  }

  @Override
  public RecordScan single() {
    return scan;
  }
}
