package org.pyparallel.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;

/// Cuts a regular file whose record ends only a scan from its start can tell, or whose records are
/// to be counted.
///
/// The scan reads all of the file, on one core, and the workers read their ranges again. So no more
/// of it is in memory than the scan looks at, however large the records and the shards are.
final class ScannedFile implements Splitter {
  private final RunPlan plan;
  private final InputFile file;
  private final @Nullable BlockSizes sizes;
  private final SourceHead head;
  private final Numbering numbering;
  private final FileWindow window;
  private @Nullable ShardWalk walk;
  private String preamble = "";
  private long offset;
  private long lines;

  /// Whether regular files of such a plan are scanned.
  static boolean isFor(RunPlan plan) {
    return plan.numbered() || ScannedStream.isFor(plan);
  }

  /// @param sizes of the blocks of this file and those after it; null where shards are counted in
  ///   records
  ScannedFile(RunPlan plan, InputFile file, @Nullable BlockSizes sizes, FileProbe.Memory memory) {
    this.plan = plan;
    this.file = file;
    this.sizes = sizes;
    head = new SourceHead(plan);
    numbering = new Numbering(plan.format(), ShardWalk.counts(plan), plan.numbered());
    window = new FileWindow(file, memory);
  }

  @Override
  public @Nullable Piece next() {
    try {
      return piece();
    } catch (IOException e) {
      throw InputFailures.cannotRead(file.name(), e);
    } catch (OutOfMemoryError e) {
      throw InputFailures.recordTooLarge(file.name(), offset, e);
    }
  }

  private @Nullable Piece piece() throws IOException {
    ShardWalk walk = this.walk;
    if (walk == null) {
      walk = begin();
      this.walk = walk;
    }
    if (offset >= file.size()) {
      if (!walk.unfinished().isEmpty()) {
        throw InputFailures.endsEarly(file.name(), offset, walk.unfinished());
      }
      return null;
    }
    long start = offset;
    lines = 0;
    offset = end(walk);
    var range = new ShardData.FileRange(file.path(), start, offset - start);
    var piece = new Piece(start, numbering.firstRecord(), numbering.firstLine(), preamble, range);
    numbering.add(walk.records(), lines);
    walk.advance();
    if (sizes != null) {
      sizes.advance();
    }
    preamble = head.hasRow() ? head.row() : walk.preamble();
    return piece;
  }

  private ShardWalk begin() throws IOException {
    boolean more = window.load(0, 0);
    while (!head.look(window.buffer(), 0, window.index(window.end()), !more || window.isLast())) {
      more = window.load(window.end(), window.index(window.end()));
    }
    offset = head.length();
    preamble = head.row();
    numbering.skip(head.lines());
    return new ShardWalk(plan, RecordScan.of(plan, file.name(), head), head.mark());
  }

  /// Where the shard ends that begins at `offset`.
  private long end(ShardWalk walk) throws IOException {
    long block = sizes == null ? Long.MAX_VALUE : sizes.block();
    long position = offset + walk.walked();
    while (true) {
      boolean more = window.load(position, walk.kept());
      boolean last = !more || window.isLast();
      ByteBuffer buffer = window.buffer();
      int from = window.index(position);
      int to = window.index(window.end());
      int end = walk.walk(buffer, from, to, block, last);
      countLines(buffer, from, end == RecordScan.NONE ? to : end);
      if (end != RecordScan.NONE) {
        return window.position(end);
      }
      if (last) {
        return file.size();
      }
      position = window.end();
    }
  }

  /// Counts what was walked over, or takes back what was only looked at.
  private void countLines(ByteBuffer buffer, int from, int to) {
    if (numbering.countsLines()) {
      lines +=
          from <= to
              ? RecordEnds.LINES.count(buffer, from, to)
              : -RecordEnds.LINES.count(buffer, to, from);
    }
  }

  @Override
  public void close() {
    window.close();
  }
}
