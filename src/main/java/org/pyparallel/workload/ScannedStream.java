package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Cuts a stream whose record ends only a scan from its start can tell. What one thread reads,
/// those that take shards walk over, one at a time.
final class ScannedStream implements Splitter {
  private static final int READ_AHEAD = 256 << 10;

  private final RunPlan plan;
  private final String name;
  private final SourceHead head;
  private final Numbering numbering;
  private final ReadAhead input;
  private @Nullable ShardWalk walk;
  private @Nullable ScanCut cut;
  private String preamble = "";
  private long offset;

  /// Whether a stream of such a plan is scanned.
  static boolean isFor(RunPlan plan) {
    return plan.format().needsScan() || plan.formatOptions().groupBy().isPresent();
  }

  /// Starts to read.
  ScannedStream(RunPlan plan, String name, ReadAhead.Opener opener) {
    this.plan = plan;
    this.name = name;
    head = new SourceHead(plan);
    numbering = new Numbering(plan.format(), ShardWalk.counts(plan), plan.numbered());
    input = new ReadAhead(name, opener, new RecordEnds.Anywhere(), READ_AHEAD);
    input.start();
  }

  @Override
  public @Nullable Piece next() {
    ShardWalk walk = this.walk;
    ScanCut cut = this.cut;
    if (walk == null || cut == null) {
      walk = begin();
      cut = new ScanCut(walk, counted() ? null : BlockSizes.ofStream(plan));
      this.walk = walk;
      this.cut = cut;
    }
    StreamCut.Cut next = cut.next(input);
    Unread unread = next.unread();
    int length = next.length();
    if (length == 0) {
      input.failIfBroken(name, offset + unread.length());
      failIfUnfinished(walk, unread);
      return null;
    }
    input.take(length, cut.readAhead());
    var data = new ShardData.Bytes(unread.first(length));
    var piece = new Piece(offset, numbering.firstRecord(), numbering.firstLine(), preamble, data);
    offset += length;
    numbering.add(walk.records(), numbering.countsLines() ? lines(unread, length) : 0);
    cut.advance();
    preamble = head.hasRow() ? head.row() : walk.preamble();
    return piece;
  }

  private boolean counted() {
    return plan.sharding() instanceof Sharding.Records;
  }

  private static int lines(Unread unread, int length) {
    return RecordEnds.LINES.count(unread.bytes(), unread.from(), unread.from() + length);
  }

  private ShardWalk begin() {
    Unread unread = input.peek();
    while (!looked(unread)) {
      unread = input.await(unread.length() + 1, Long.MAX_VALUE);
    }
    input.take(head.length(), READ_AHEAD);
    offset = head.length();
    numbering.skip(head.lines());
    preamble = head.row();
    return new ShardWalk(plan, RecordScan.of(plan, name, head), head.mark());
  }

  private boolean looked(Unread unread) {
    int from = unread.from();
    return head.look(unread.bytes(), from, from + unread.length(), unread.ended());
  }

  private void failIfUnfinished(ShardWalk walk, Unread unread) {
    String missing = unread.ended() ? walk.unfinished() : "";
    if (!missing.isEmpty()) {
      throw InputFailures.endsEarly(name, offset, missing);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
