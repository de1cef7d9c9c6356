package org.pyparallel.workload;

/// Cuts a stream behind every so many records, however slowly they come.
final class RecordCut implements StreamCut {
  private static final int READ_AHEAD = 2 << 20;

  private final RecordEnds ends;
  private final long count;

  /// How far the bytes of the shard to come were searched, and how many records it still lacks.
  private int searched;

  private long missing;

  /// @param count from 1
  RecordCut(RecordEnds ends, long count) {
    this.ends = ends;
    this.count = count;
    this.missing = count;
  }

  @Override
  public int next(Unread unread) {
    int n = (int) Math.min(missing, Integer.MAX_VALUE);
    int from = unread.from() + searched;
    int at = ends.nth(unread.bytes(), from, unread.from() + unread.whole(), n);
    boolean complete = at >= 0;
    if (!complete && !unread.ended()) {
      missing -= n + 1 + at;
      searched = unread.whole();
      return 0;
    }
    missing = count;
    searched = 0;
    return complete ? at + 1 - unread.from() : unread.whole();
  }

  @Override
  public int worthWaiting(Unread unread) {
    return unread.whole() + 1;
  }

  @Override
  public long patience(Unread unread) {
    return Long.MAX_VALUE;
  }

  @Override
  public int readAhead() {
    return READ_AHEAD;
  }
}
