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

  private static final int PIECES_PER_WORKER_AT_END = 4;

  private final RecordEnds ends;
  private final int largest;
  private final int cutsPerSize;
  private final long piecesAtEnd;
  private int block;
  private int cuts;
  private boolean ending;

  private BlockCut(RecordEnds ends, int first, int largest, int cutsPerSize, long piecesAtEnd) {
    this.ends = ends;
    this.block = first;
    this.largest = largest;
    this.cutsPerSize = cutsPerSize;
    this.piecesAtEnd = piecesAtEnd;
  }

  /// Blocks of one size, up to [#LARGEST].
  static BlockCut ofSize(RecordEnds ends, long bytes) {
    int block = (int) Math.min(bytes, LARGEST);
    return new BlockCut(ends, block, block, 1, 1);
  }

  /// Blocks that start small, so that all workers get something soon, and double each time every
  /// worker could have had one. What is left when the stream ends is shared out evenly.
  static BlockCut growing(RecordEnds ends, int first, int largest, int workers) {
    return new BlockCut(ends, first, largest, workers, (long) workers * PIECES_PER_WORKER_AT_END);
  }

  @Override
  public int next(Unread unread) {
    if (unread.ended() && !ending) {
      ending = true;
      block = Math.clamp(Math.ceilDiv(unread.whole(), piecesAtEnd), 1, block);
    }
    if (unread.whole() >= block) {
      int cut = blockOf(unread);
      grow();
      return cut;
    }
    return unread.ended() || patience(unread) <= 0 ? unread.whole() : 0;
  }

  private int blockOf(Unread unread) {
    int end = unread.from() + unread.whole();
    int at = ends.nth(unread.bytes(), unread.from() + block - 1, end, 1);
    return at < 0 ? unread.whole() : at + 1 - unread.from();
  }

  private void grow() {
    if (block < largest && !ending && ++cuts == cutsPerSize) {
      block = Math.min(2 * block, largest);
      cuts = 0;
    }
  }

  @Override
  public int worthWaiting(Unread unread) {
    return unread.whole() == 0 ? 1 : block;
  }

  @Override
  public long patience(Unread unread) {
    return unread.whole() == 0 ? Long.MAX_VALUE : FLUSH_AFTER.toNanos() - unread.waited();
  }

  @Override
  public int readAhead() {
    return 2 * block;
  }
}
