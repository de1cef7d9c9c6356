package org.pyparallel.workload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.ShardData;

/// Cuts one regular file by byte range, without reading more of it than it takes to find the cuts.
///
/// Every piece ends just behind a record, or at the end of the file. The number of records before a
/// piece is known at the start of the file and where pieces are counted in records; to know it
/// elsewhere would take reading the whole file here, on one core.
final class FileSplitter implements Splitter {
  private final InputFile file;
  private final FileCut cut;
  private final Records records;
  private final FileProbe probe;
  private long offset;
  private long pieces;

  FileSplitter(InputFile file, FileCut cut, Records records, FileProbe.Memory memory) {
    this.file = file;
    this.cut = cut;
    this.records = records;
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
    return new Piece(start, recordsBefore(pieces++), range);
  }

  private long end(long start) throws IOException {
    return switch (cut) {
      case FileCut.Bytes(long block) when block >= file.size() - start -> file.size();
      case FileCut.Bytes(long block) when records.ends() instanceof RecordEnds.Anywhere ->
          start + block;
      case FileCut.Bytes(long block) -> probe.behind(start + block - 1, 1);
      case FileCut.Records(long count) -> probe.behind(start, count);
    };
  }

  private long recordsBefore(long piece) {
    if (piece == 0) {
      return 0;
    }
    return switch (cut) {
      case FileCut.Records(long count) when records.numbered() -> piece * count;
      case FileCut.Records _, FileCut.Bytes _ -> -1;
    };
  }

  @Override
  public void close() {
    probe.close();
  }
}
