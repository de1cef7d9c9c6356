package org.pyparallel.workload;

import java.time.Duration;

/// Cuts a stream at the first record end at or behind every block, earlier where the stream is
/// slow.
///
/// A stream that gives less than a block within [#FLUSH_AFTER] is cut at its last whole record, so
/// that results follow what `tail -f` prints.
final class BlockCut implements StreamCut {
  static final Duration FLUSH_AFTER = Duration.ofMillis(50);

  /// The largest block of a stream, in bytes: a block has to fit into one array, and twice as much
  /// is read ahead.
  static final int LARGEST = 1 << 29;

  private final RecordEnds ends;
  private final BlockSizes sizes;

  /// @param sizes none larger than [#LARGEST]
  BlockCut(RecordEnds ends, BlockSizes sizes) {
    this.ends = ends;
    this.sizes = sizes;
  }

  @Override
  public int next(Unread unread) {
    if (unread.ended()) {
      sizes.end(unread.whole());
    }
    if (unread.whole() >= block()) {
      int cut = blockOf(unread);
      sizes.advance();
      return cut;
    }
    return unread.ended() || patience(unread) <= 0 ? unread.whole() : 0;
  }

  private int blockOf(Unread unread) {
    int end = unread.from() + unread.whole();
    int at = ends.nth(unread.bytes(), unread.from() + block() - 1, end, 1);
    return at < 0 ? unread.whole() : at + 1 - unread.from();
  }

  private int block() {
    return (int) sizes.block();
  }

  @Override
  public int worthWaiting(Unread unread) {
    return unread.whole() == 0 ? 1 : block();
  }

  @Override
  public long patience(Unread unread) {
    return unread.whole() == 0 || !sizes.isHasty()
        ? Long.MAX_VALUE
        : FLUSH_AFTER.toNanos() - unread.waited();
  }

  @Override
  public int readAhead() {
    return 2 * block();
  }
}
