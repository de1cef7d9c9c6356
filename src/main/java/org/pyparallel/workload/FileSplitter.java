package org.pyparallel.workload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Cuts one regular file by byte range, without reading more of it than it takes to find the cuts.
///
/// Every piece ends just behind a record, or at the end of the file. The number of records before a
/// piece is known at the start of the file and where pieces are counted in records; to know it
/// elsewhere would take reading the whole file here, on one core.
final class FileSplitter implements Splitter {
  private final InputFile file;
  private final Records records;
  private final @Nullable BlockSizes sizes;
  private final long count;
  private final Numbering numbering;
  private final FileProbe probe;
  private long offset;

  /// @param sizes of the blocks of this file and those after it; null where shards are counted in
  ///   records
  FileSplitter(RunPlan plan, InputFile file, @Nullable BlockSizes sizes, FileProbe.Memory memory) {
    this.file = file;
    this.records = Records.of(plan.format());
    this.sizes = sizes;
    this.count = plan.sharding() instanceof Sharding.Records(long records) ? records : 0;
    this.numbering = new Numbering(plan.format(), count > 0 && records.numbered(), false);
    this.probe = new FileProbe(file.path(), file.size(), records.ends(), memory);
  }

  @Override
  public @Nullable Piece next() {
    if (offset >= file.size()) {
      return null;
    }
    long start = offset;
    try {
      offset = end(start);
    } catch (IOException e) {
      throw InputFailures.cannotRead(file.name(), e);
    }
    var range = new ShardData.FileRange(file.path(), start, offset - start);
    var piece = new Piece(start, numbering.firstRecord(), numbering.firstLine(), "", range);
    numbering.add(count, 0);
    return piece;
  }

  private long end(long start) throws IOException {
    if (sizes == null) {
      return probe.behind(start, count);
    }
    long block = sizes.block();
    sizes.advance();
    if (block >= file.size() - start) {
      return file.size();
    }
    return records.ends() instanceof RecordEnds.Anywhere
        ? start + block
        : probe.behind(start + block - 1, 1);
  }

  @Override
  public void close() {
    probe.close();
  }
}
