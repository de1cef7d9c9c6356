package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;

/// Cuts a stream whose record ends only a scan from its start can tell.
///
/// What came is walked over once, except where a stream is slow and does not fill a block: then it
/// is walked over again, for its last record end.
final class ScanCut implements StreamCut {
  private static final int READ_AHEAD = 2 << 20;

  private final ShardWalk walk;
  private final @Nullable BlockSizes sizes;

  /// Whether the next record end will do, since what came is old.
  private boolean overdue;

  /// Whether the stream broke, and what was whole in it was looked for.
  private boolean broken;

  /// @param sizes none larger than [BlockCut#LARGEST]; null where shards are counted in records
  ScanCut(ShardWalk walk, @Nullable BlockSizes sizes) {
    this.walk = walk;
    this.sizes = sizes;
  }

  @Override
  public int next(Unread unread) {
    if (broken) {
      return wholeOf(unread);
    }
    boolean complete = unread.ended() && !unread.broken();
    if (complete && sizes != null && sizes.end(unread.length())) {
      walk.retreat();
    }
    if (!overdue && patience(unread) <= 0) {
      overdue = true;
      walk.retreat();
    }
    if (overdue && !unread.ended()) {
      return wholeOf(unread);
    }
    int from = unread.from() + (int) walk.walked();
    int to = unread.from() + unread.length();
    long block = sizes == null ? Long.MAX_VALUE : sizes.block();
    int end = walk.walk(unread.bytes(), from, to, block, complete);
    if (end != RecordScan.NONE) {
      if (sizes != null) {
        sizes.advance();
      }
      return end - unread.from();
    }
    if (unread.broken()) {
      return wholeOf(unread);
    }
    return complete ? unread.length() : 0;
  }

  private int wholeOf(Unread unread) {
    if (unread.broken() && !broken) {
      broken = true;
      // The group that was begun will not be complete; its records are.
      walk.ungroup();
    }
    int from = unread.from() + (int) walk.walked();
    walk.walkAll(unread.bytes(), from, unread.from() + unread.length());
    return walk.hasEnds() ? (int) walk.retreat() : 0;
  }

  /// Tells that the shard was taken.
  void advance() {
    walk.advance();
    overdue = false;
  }

  @Override
  public int worthWaiting(Unread unread) {
    long block = sizes == null || overdue ? 0 : sizes.block();
    return (int) Math.max(block, unread.length() + 1L);
  }

  @Override
  public long patience(Unread unread) {
    boolean hasty = sizes != null && sizes.isHasty() && !overdue && unread.length() > 0;
    return hasty ? BlockCut.FLUSH_AFTER.toNanos() - unread.waited() : Long.MAX_VALUE;
  }

  @Override
  public int readAhead() {
    return sizes == null ? READ_AHEAD : 2 * (int) sizes.block();
  }
}
