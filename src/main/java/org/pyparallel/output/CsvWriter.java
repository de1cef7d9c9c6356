package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// [org.pyparallel.job.OutputFormat#CSV] and TSV: one header, then the rows of all shards under it.
///
/// The workers write rows, and before them *markers*: rows that begin with NUL and name the fields
/// of the rows that follow, or none (see `_rows.py`). The first marker becomes the header. Rows
/// under an equal marker, or whose fields have no names, pass as they are, without a look at them;
/// others are rearranged. Only the search for NUL, which no field holds, touches every byte.
///
/// A shard's output must come in one piece: with [org.pyparallel.job.Ordering#LINES] a row would be
/// taken for one of another shard.
final class CsvWriter extends BufferedResultWriter {
  private static final byte MARK = 0;

  private final WholeLines lines = new WholeLines(this::pass);
  private final TableRow row;

  /// What the first marker made known; null before it.
  private @Nullable TableHeader header;

  /// How the rows that follow are to be rearranged, see [TableHeader#order]; null for not at all.
  private int @Nullable [] order;

  /// Whether `row` is a marker.
  private boolean marker;

  private @Nullable Shard shard;

  /// @param delimiter what stands between fields, an ASCII character
  CsvWriter(OutputBuffer out, char delimiter) {
    super(out);
    this.row = new TableRow((byte) delimiter);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    this.shard = shard;
    lines.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    lines.endOfShard(report.result());
    row.clear();
    marker = false;
    super.endOfShard(report);
  }

  private void pass(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (marker) {
        if (row.take(bytes)) {
          marker = false;
          begin();
          row.clear();
        }
      } else if (order == null) {
        passToMarker(bytes);
      } else if (row.isEmpty() && bytes.get(bytes.position()) == MARK) {
        bytes.get();
        marker = true;
      } else if (row.take(bytes)) {
        out.write(row.rearranged(order));
        row.clear();
      }
    }
  }

  private void passToMarker(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    int mark = LineFeeds.first(bytes, MARK);
    bytes.limit(mark < 0 ? end : mark);
    out.write(bytes);
    bytes.limit(end);
    if (mark >= 0) {
      bytes.position(mark + 1);
      marker = true;
    }
  }

  /// Gets ready for the rows under the marker that `row` holds.
  private void begin() throws IOException {
    TableHeader present = header;
    if (present == null) {
      present = new TableHeader(row);
      header = present;
      if (!row.isEmpty()) {
        out.write(row.whole());
      }
      return;
    }
    try {
      order = present.order(row);
    } catch (TableHeader.UnknownColumn e) {
      out.flush();
      throw new PyParallelException.ResultsDiffer(where() + " " + e.getMessage());
    }
  }

  private String where() {
    Shard current = shard;
    return current == null ? "a shard" : current.source() + ": shard " + current.index();
  }
}
