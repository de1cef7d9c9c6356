package org.pyparallel.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunEvent;
import org.pyparallel.journal.JobLog;
import org.pyparallel.output.ResultWriter;
import org.pyparallel.report.Reporter;

/// Passes on what happens in a run: to the writer what belongs into its document, and to the user
/// the rest; the job log looks for itself.
final class RunListener implements Consumer<RunEvent> {
  private final ResultWriter writer;
  private final Reporter reporter;
  private final @Nullable JobLog jobLog;
  private volatile boolean begun;

  /// @param jobLog logs the shards that end; null for none
  RunListener(ResultWriter writer, Reporter reporter, @Nullable JobLog jobLog) {
    this.writer = writer;
    this.reporter = reporter;
    this.jobLog = jobLog;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Failure failure) {
      writer.failure(failure);
    } else if (event instanceof RunEvent.ShardEnded) {
      begun = true;
    }
    if (jobLog != null) {
      jobLog.accept(event);
    }
    reporter.accept(event);
  }

  /// Whether a shard has ended, so that there is something to lose. Any thread.
  boolean hasBegun() {
    return begun;
  }
}
