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
  private static final RecordEnds LINES = new RecordEnds.AtByte((byte) '\n');

  private final String name;
  private final Records records;
  private final StreamCut cut;
  private final Numbering numbering;
  private final ReadAhead input;
  private long offset;

  /// Starts to read the stream the way a plan wants it cut.
  static Splitter of(RunPlan plan, String name, ReadAhead.Opener opener) {
    if (ScannedStream.isFor(plan)) {
      return new ScannedStream(plan, name, opener);
    }
    boolean names = plan.format() == Format.FILES;
    Format format = names ? NameLines.format(plan.formatOptions()) : plan.format();
    var splitter = new StreamSplitter(plan, name, opener, Records.of(format));
    return names ? new NameLines(splitter, format) : splitter;
  }

  private StreamSplitter(RunPlan plan, String name, ReadAhead.Opener opener, Records records) {
    this.name = name;
    this.records = records;
    cut = StreamCut.of(plan, records.ends());
    numbering = new Numbering(plan.format(), records.numbered(), plan.numbered());
    input = new ReadAhead(name, opener, records.ends(), cut.readAhead());
    input.start();
  }

  @Override
  public @Nullable Piece next() {
    StreamCut.Cut next = cut.next(input);
    Unread unread = next.unread();
    int length = next.length();
    if (length == 0) {
      input.failIfBroken(name, offset + unread.length());
      return null;
    }
    input.take(length, cut.readAhead());
    var data = new ShardData.Bytes(unread.first(length));
    var piece = new Piece(offset, numbering.firstRecord(), numbering.firstLine(), "", data);
    offset += length;
    numbering.add(
        records.numbered() ? count(records.ends(), unread, length) : 0,
        numbering.countsLines() ? count(LINES, unread, length) : 0);
    return piece;
  }

  private static int count(RecordEnds ends, Unread unread, int length) {
    return ends.count(unread.bytes(), unread.from(), unread.from() + length);
  }

  @Override
  public void close() {
    input.close();
  }
}
