package org.pyparallel.pool;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Tiering;

/// Adds up a run and tells the listener of it, one event at a time. Safe for use by several
/// threads.
///
/// Says nothing once the run is over: a worker that no interrupt reaches may still be at its shard
/// then.
final class Tally implements LongSupplier {
  private final Consumer<RunEvent> listener;
  private final FailureNumbering numbering = new FailureNumbering();
  private final long start = System.nanoTime();
  private long shards;
  private long failedShards;

  /// The numbers of those that failed and that several workers shared.
  private final Set<Long> failedDivided = new HashSet<>();

  private long records;
  private long failedRecords;
  private int failedTeardowns;
  private long inputBytes;
  private long outputBytes;
  private int workers;
  private long cpu;
  private long retried;
  private long replayed;
  private boolean over;

  Tally(Consumer<RunEvent> listener) {
    this.listener = listener;
  }

  /// Nanoseconds since the start of the run.
  long elapsed() {
    return System.nanoTime() - start;
  }

  /// See [#elapsed].
  @Override
  public long getAsLong() {
    return elapsed();
  }

  synchronized void tell(RunEvent event) {
    if (!over) {
      listener.accept(event);
    }
  }

  synchronized void workerOpened() {
    workers++;
  }

  synchronized void ended(ShardReport report) {
    ShardResult result = report.result();
    if (!(result instanceof ShardResult.Interrupted)) {
      if (!report.tail()) {
        shards++;
      }
      records += result.records();
      failedRecords += result.failedRecords();
      if (!(report.shard().data() instanceof ShardData.Range)) {
        inputBytes += report.shard().length();
      }
      boolean failed = result instanceof ShardResult.Failed || result.failedRecords() > 0;
      if (failed && (!report.isDivided() || failedDivided.add(report.shard().index()))) {
        failedShards++;
      }
    }
    outputBytes += report.outputBytes();
    cpu += report.cpu().toNanos();
    retried += Math.max(0, report.attempts() - 1);
    replayed += report.isReplayed() ? 1 : 0;
    tell(new RunEvent.ShardEnded(report));
    for (RunEvent.Failure failure : numbering.completed(report)) {
      tell(failure);
    }
  }

  /// Counts output that belongs to no shard.
  synchronized void wrote(long bytes) {
    outputBytes += bytes;
  }

  /// The results of some shards could not be combined.
  synchronized void reductionFailed(RunEvent.Failure failure) {
    failedShards++;
    tell(failure);
  }

  synchronized void tell(RunEvent.TeardownFailed event) {
    failedTeardowns++;
    tell((RunEvent) event);
  }

  /// Ends the tally and tells the listener.
  ///
  /// @param written how many bytes of results were written, where that is not what the shards gave
  /// @param tiering null where there was nothing to decide
  synchronized RunReport end(RunReport.End end, OptionalLong written, @Nullable Tiering tiering) {
    for (RunEvent.Failure failure : numbering.rest()) {
      tell(failure);
    }
    RunReport report =
        new RunReport(
            end,
            shards,
            failedShards,
            records,
            failedRecords,
            failedTeardowns,
            inputBytes,
            written.orElse(outputBytes),
            workers,
            Duration.ofNanos(elapsed()),
            Duration.ofNanos(cpu),
            retried,
            replayed,
            Optional.ofNullable(tiering));
    tell(new RunEvent.Ended(report));
    over = true;
    return report;
  }

  /// Ends the tally of a run that fails.
  synchronized void abandon() {
    over = true;
  }
}
