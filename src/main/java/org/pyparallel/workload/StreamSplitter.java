package org.pyparallel.workload;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;

/// Cuts a stream that is read while it is cut.
///
/// Records are counted on the way, by the thread that takes the shard and while the reader goes on,
/// so that the number of records before a shard is always known where records have numbers at all.
final class StreamSplitter implements Splitter {
  private final String name;
  private final Records records;
  private final StreamCut cut;
  private final ReadAhead input;
  private long offset;
  private long recordsBefore;

  /// Starts to read the stream the way a plan wants it cut.
  static Splitter of(RunPlan plan, String name, ReadAhead.Opener opener) {
    boolean names = plan.format() == Format.FILES;
    Format format = names ? NameLines.format(plan.formatOptions()) : plan.format();
    var records = Records.of(format);
    var cut = StreamCut.of(plan.sharding(), plan.format(), records.ends(), plan.workers());
    var splitter = new StreamSplitter(name, opener, records, cut);
    return names ? new NameLines(splitter, format) : splitter;
  }

  private StreamSplitter(String name, ReadAhead.Opener opener, Records records, StreamCut cut) {
    this.name = name;
    this.records = records;
    this.cut = cut;
    input = new ReadAhead(name, opener, records.ends(), cut.readAhead());
    input.start();
  }

  @Override
  public @Nullable Piece next() {
    Unread unread = input.peek();
    int length = cut.next(unread);
    while (length == 0 && !unread.ended()) {
      unread = input.await(cut.worthWaiting(unread), cut.patience(unread));
      length = cut.next(unread);
    }
    if (length == 0) {
      failIfBroken(unread.length());
      return null;
    }
    input.take(length, cut.readAhead());
    long firstRecord = records.numbered() || offset == 0 ? recordsBefore : -1;
    var piece = new Piece(offset, firstRecord, new ShardData.Bytes(unread.first(length)));
    offset += length;
    if (records.numbered()) {
      int from = unread.from();
      recordsBefore += records.ends().count(unread.bytes(), from, from + length);
    }
    return piece;
  }

  private void failIfBroken(int incomplete) {
    Throwable failure = input.failure();
    if (failure != null) {
      throw InputFailures.streamBroke(name, offset + incomplete, failure);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
