package org.pyparallel.output;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.ResultSink;

/// Writes the results of one run to where the user wants them.
///
/// The writer's thread calls everything but [#failure] and [#close]. Besides the exceptions below,
/// every method that writes throws [org.pyparallel.job.PyParallelException.OutputFailed], which
/// names the destination, when the bytes cannot be written, and the writer of tables throws
/// [org.pyparallel.job.PyParallelException.ResultsDiffer] when rows do not fit under the header.
public interface ResultWriter extends ResultSink, AutoCloseable {
  /// Opens the plan's output file, or takes `stdout` where it has none, and its file of rejected
  /// records.
  ///
  /// @param version the version of pyparallel
  /// @param stdout standard output; stays open
  /// @throws org.pyparallel.job.PyParallelException.Usage if one of the files cannot be written
  static ResultWriter open(RunPlan plan, String version, WritableByteChannel stdout) {
    OutputBuffer out =
        new OutputBuffer(Destination.open(plan.outputFile().orElse(null), stdout), new NanoClock());
    ResultWriter results =
        switch (plan.outputFormat()) {
          case TEXT -> new TextWriter(out);
          case CSV -> new CsvWriter(out, ',');
          case TSV -> new CsvWriter(out, '\t');
          case JSONL -> new JsonLinesWriter(out);
          case JSON -> new JsonArrayWriter(out);
          case DOCUMENT -> new DocumentWriter(out, plan, version);
        };
    return plan.rejects().isPresent()
        ? WriterWithRejects.of(results, plan.rejects().get())
        : results;
  }

  /// A record or a shard failed. Any thread, also while another one writes.
  default void failure(RunEvent.Failure failure) {}

  /// Writes what is left and makes an output file visible if the run is complete.
  ///
  /// @throws org.pyparallel.merge.ClosedOutputException if whoever read the results closed their
  ///   end
  void finish(RunReport report) throws IOException;

  /// Frees the destination; without [#finish] before it, an output file is left as it was. Writes
  /// nothing, throws nothing. Idempotent; any thread.
  @Override
  void close();
}
