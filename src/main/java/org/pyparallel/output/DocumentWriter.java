package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.merge.ClosedOutputException;

/// [org.pyparallel.job.OutputFormat#DOCUMENT]: the `pyparallel.run/1` document, streamed.
///
/// One JSON object whose fields come in this order: those of [DocumentFields#header], `results`,
/// `shards`, `errors`, `moreErrors`, `stats`. Results go out as they arrive; the rows of shards and
/// errors are kept until the results have ended. Of the errors the first [#MAX_ERRORS] are kept,
/// and no more than [#MAX_ERROR_BYTES] of them; `moreErrors` counts the failures left out.
///
/// The listener's threads bring errors while the writer's thread writes: `errors` and what belongs
/// to it is guarded by the object itself.
final class DocumentWriter extends BufferedResultWriter {
  static final int MAX_ERRORS = 10_000;
  static final long MAX_ERROR_BYTES = 16L << 20;

  private static final byte[] RESULTS = ascii(",\n\"results\":");
  private static final byte[] SHARDS = ascii(",\n\"shards\":[\n");
  private static final byte[] ERRORS = ascii("\n],\n\"errors\":[\n");
  private static final byte[] MORE_ERRORS = ascii("\n],\n\"moreErrors\":");
  private static final byte[] STATS = ascii(",\n\"stats\":");
  private static final byte[] CLOSE = ascii("}\n");

  private final ValueArray results;
  private final RunPlan plan;
  private final String version;
  private final JsonRows shards = new JsonRows();
  private final JsonRows errors = new JsonRows();
  private boolean headerWritten;
  private int keptErrors;
  private long moreErrors;

  DocumentWriter(OutputBuffer out, RunPlan plan, String version) {
    super(out);
    this.results = new ValueArray(out);
    this.plan = plan;
    this.version = version;
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    writeHeader();
    results.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    writeHeader();
    results.endOfShard(report.result());
    DocumentFields.shard(shards.next(), report);
    super.endOfShard(report);
  }

  @Override
  public synchronized void failure(RunEvent.Failure failure) {
    if (keptErrors < MAX_ERRORS && errors.size() < MAX_ERROR_BYTES) {
      DocumentFields.error(errors.next(), failure);
      keptErrors++;
    } else {
      moreErrors += Math.max(1, failure.failedRecords());
    }
  }

  @Override
  public void finish(RunReport report) throws IOException {
    if (report.end() == RunReport.End.OUTPUT_CLOSED) {
      return;
    }
    writeHeader();
    results.finish();
    out.write(SHARDS);
    shards.writeTo(out);
    writeErrors();
    out.write(STATS);
    JsonRows stats = new JsonRows();
    DocumentFields.stats(stats.next(), report);
    stats.writeTo(out);
    out.write(CLOSE);
    super.finish(report);
  }

  private void writeHeader() throws ClosedOutputException {
    if (headerWritten) {
      return;
    }
    headerWritten = true;
    JsonRows header = new JsonRows();
    DocumentFields.header(header.next(), plan, version);
    header.writeTo(out);
    out.write(RESULTS);
  }

  private synchronized void writeErrors() throws ClosedOutputException {
    out.write(ERRORS);
    errors.writeTo(out);
    out.write(MORE_ERRORS);
    out.write(ascii(Long.toString(moreErrors)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
