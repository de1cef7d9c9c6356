package org.pyparallel.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.journal.Journal;
import org.pyparallel.merge.ClosedOutputException;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.ResultSink;
import org.pyparallel.workload.ShardSource;

/// Runs one plan from its first shard to its last.
///
/// Workers pull: each asks the merge stage for a place, takes the next shard from the source, runs
/// it, and its output goes to the merge stage, which the thread that called [#run] drains. The
/// merge stage's window is what bounds everything: when the writer is slow, workers get no place,
/// nobody asks the source, and the reader waits. Once the source is exhausted, workers without a
/// shard take over the tails of those that others are still in, see [TailExchange].
///
/// Threads: [#run] on one, [#stop], [#drain] and [#stacks] on any.
public final class Runner {
  /// How long a worker may take to come back from a shard that was cut short.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RunPlan plan;
  private final ShardSource source;
  private final ResultSink sink;
  private final Run run;

  /// @param folder for temporary files, which are made where output is held back
  /// @param listener told of everything that happens; called by several threads, one at a time, and
  ///   expected to return quickly
  /// @param journal where finished shards are kept and taken from; null for nowhere. The caller
  ///   closes it after the run
  public Runner(
      RunPlan plan,
      Lineup lineup,
      Path folder,
      ShardSource source,
      ResultSink sink,
      Consumer<RunEvent> listener,
      @Nullable Journal journal) {
    this(
        plan,
        lineup,
        folder,
        source,
        sink,
        listener,
        journal,
        PATIENCE,
        new ProcessMemory(),
        TierUp.Terms.USUAL);
  }

  /// @param patience how long a worker may take to come back from a shard that was cut short
  /// @param resident how much memory this process has
  /// @param terms when moving to the faster runtime pays
  Runner(
      RunPlan plan,
      Lineup lineup,
      Path folder,
      ShardSource source,
      ResultSink sink,
      Consumer<RunEvent> listener,
      @Nullable Journal journal,
      Duration patience,
      MemoryWatch.Resident resident,
      TierUp.Terms terms) {
    this.plan = plan;
    this.source = source;
    this.sink = sink;
    this.run = new Run(plan, lineup, folder, source, listener, journal, patience, resident, terms);
  }

  /// Runs to the end. The calling thread becomes the writer.
  ///
  /// @throws PyParallelException if the run cannot start or go on; what was written before stays
  ///   written. [PyParallelException.InputFailed] after the end of a run in which some source could
  ///   not be read to its end: the listener was told of each, and the exception is of the first
  public RunReport run() {
    Tally tally = run.tally();
    tally.tell(new RunEvent.Started(plan, source.totalBytes()));
    run.start();
    MergeStage merge = run.merge();
    try {
      merge.drain(sink);
      if (!merge.isStopped()) {
        sink.complete(merge::isStopped);
      }
    } catch (ClosedOutputException e) {
      run.stop(RunReport.End.OUTPUT_CLOSED);
    } catch (PyParallelException e) {
      run.fail(e);
    } catch (IOException e) {
      run.fail(
          new PyParallelException.OutputFailed("cannot write the results: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      run.fail(new PyParallelException.RuntimeFailed("the writer broke: " + e, e));
    }
    run.finish();
    Ending ending = run.ending();
    PyParallelException trouble = ending.failure();
    if (trouble != null) {
      tally.abandon();
      throw trouble;
    }
    TierUp tierUp = run.tierUp();
    RunReport report =
        tally.end(ending.end(), sink.written(), tierUp == null ? null : tierUp.report());
    PyParallelException broken = ending.brokenInput();
    if (broken != null) {
      throw broken;
    }
    return report;
  }

  /// A look into the interpreter that failed, for after the run; null where nobody asked for one.
  /// Whoever has it calls [Inquest#end], whether or not anything is claimed.
  public @Nullable Inquest inquest() {
    return run.inquest();
  }

  /// Stops the run: no further shard starts, running ones are interrupted. Returns at once; any
  /// thread.
  public void stop() {
    run.stop(RunReport.End.INTERRUPTED);
  }

  /// Ends the run once the shards under way have ended, and what they gave is written. Returns at
  /// once; any thread.
  public void drain() {
    run.drain(RunReport.End.DRAINED);
  }

  /// What each worker is doing now: which shard, for how long, and where its script is. Takes some
  /// 200 ms for each; any thread.
  ///
  /// @return several lines, without a line feed at the end
  public String stacks() {
    return run.crew().stacks();
  }
}
