package org.pyparallel.cli;

import java.util.function.Consumer;
import org.pyparallel.job.RunEvent;
import org.pyparallel.output.ResultWriter;
import org.pyparallel.report.Reporter;

/// Passes on what happens in a run: to the writer what belongs into its document, and to the user
/// the rest.
final class RunListener implements Consumer<RunEvent> {
  private final ResultWriter writer;
  private final Reporter reporter;
  private volatile boolean begun;

  RunListener(ResultWriter writer, Reporter reporter) {
    this.writer = writer;
    this.reporter = reporter;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Failure failure) {
      writer.failure(failure);
    } else if (event instanceof RunEvent.ShardEnded) {
      begun = true;
    }
    reporter.accept(event);
  }

  /// Whether a shard has ended, so that there is something to lose. Any thread.
  boolean hasBegun() {
    return begun;
  }
}
