package org.pyparallel.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.journal.Journal;
import org.pyparallel.merge.ClosedOutputException;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.ResultSink;
import org.pyparallel.merge.Slot;
import org.pyparallel.workload.ShardSource;

/// Runs one plan from its first shard to its last.
///
/// Workers pull: each asks the merge stage for a place, takes the next shard from the source, runs
/// it, and its output goes to the merge stage, which the thread that called [#run] drains. The
/// merge stage's window is what bounds everything: when the writer is slow, workers get no place,
/// nobody asks the source, and the reader waits. Once the source is exhausted, workers without a
/// shard take over the tails of those that others are still in, see [TailExchange].
///
/// Threads: [#run] on one, [#stop] on any; the rest of the methods are the workers'. Worker threads
/// are daemons, so that one stuck in a C function cannot keep the process alive.
public final class Runner {
  /// Shards under way or waiting to be written, per worker: large ones, and small ones.
  private static final int SURE_PER_WORKER = 4;

  private static final int WINDOW_PER_WORKER = 64;

  /// Python recursion and C extensions need deep stacks.
  private static final long STACK_BYTES = 16 << 20;

  /// How long a stopped run waits for its workers, in milliseconds.
  private static final long GRACE_MILLIS = 500;

  private final RunPlan plan;
  private final Runtime runtime;
  private final ShardSource source;
  private final ResultSink sink;
  private final MergeStage merge;
  private final Tally tally;
  private final HeadStart headStart;
  private final @Nullable Reduction reduction;
  private final @Nullable TailExchange exchange;
  private final ShardJournal journal;

  /// Held while the source is asked, which lets one worker at a time in anyway, so that what broke
  /// is told in the order of the input.
  private final ReentrantLock asking = new ReentrantLock();

  // Guarded by this.
  private final List<Worker> workers = new ArrayList<>();
  private int active;
  private @Nullable PyParallelException failure;
  private PyParallelException.@Nullable InputFailed brokenInput;
  private volatile boolean stopped;

  /// @param listener told of everything that happens; called by several threads, one at a time, and
  ///   expected to return quickly
  public Runner(
      RunPlan plan,
      Runtime runtime,
      ShardSource source,
      ResultSink sink,
      Consumer<RunEvent> listener) {
    this(plan, runtime, source, sink, listener, null);
  }

  /// @param listener as above
  /// @param journal where finished shards are kept and taken from; null for nowhere. The caller
  ///   closes it after the run
  public Runner(
      RunPlan plan,
      Runtime runtime,
      ShardSource source,
      ResultSink sink,
      Consumer<RunEvent> listener,
      @Nullable Journal journal) {
    this.plan = plan;
    this.runtime = runtime;
    this.source = source;
    this.sink = sink;
    this.merge =
        new MergeStage(
            ordering(plan), plan.workers() * SURE_PER_WORKER, plan.workers() * WINDOW_PER_WORKER);
    this.tally = new Tally(listener);
    this.reduction = plan.merging() instanceof Merging.Reduce ? new Reduction(tally) : null;
    this.journal = new ShardJournal(journal, tally, reduction);
    this.exchange = plan.isDivisible() ? new TailExchange() : null;
    this.headStart = new HeadStart(runtime.warmsUp());
  }

  /// Where results are put together, the order of shards is the order of equal ones.
  private static Ordering ordering(RunPlan plan) {
    Merging merging = plan.merging();
    boolean together = merging instanceof Merging.Sort || merging instanceof Merging.Reduce;
    return together ? Ordering.INPUT : plan.ordering();
  }

  /// Runs to the end. The calling thread becomes the writer.
  ///
  /// @throws PyParallelException if the run cannot start or go on; what was written before stays
  ///   written. [PyParallelException.InputFailed] after the end of a run in which some source could
  ///   not be read to its end: the listener was told of each, and the exception is of the first
  public RunReport run() {
    tally.tell(new RunEvent.Started(plan, source.totalBytes()));
    journal.begin();
    startWorker(0);
    RunReport.End end = RunReport.End.COMPLETE;
    try {
      merge.drain(sink);
      if (!merge.isStopped()) {
        sink.complete(merge::isStopped);
      }
    } catch (ClosedOutputException e) {
      end = RunReport.End.OUTPUT_CLOSED;
      interruptAll();
    } catch (PyParallelException e) {
      fail(e);
    } catch (IOException e) {
      fail(new PyParallelException.OutputFailed("cannot write the results: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      fail(new PyParallelException.RuntimeFailed("the writer broke: " + e, e));
    }
    awaitWorkers();
    endJournal();
    PyParallelException trouble = failure();
    if (trouble != null) {
      tally.abandon();
      throw trouble;
    }
    if (stopped && end == RunReport.End.COMPLETE) {
      end = RunReport.End.INTERRUPTED;
    }
    RunReport report = tally.end(end, sink.written());
    PyParallelException broken = brokenInput();
    if (broken != null && end != RunReport.End.INTERRUPTED) {
      throw broken;
    }
    return report;
  }

  private void endJournal() {
    try {
      journal.end();
    } catch (PyParallelException e) {
      remember(e);
    }
  }

  /// Stops the run: no further shard starts, running ones are interrupted. Returns at once; any
  /// thread.
  public void stop() {
    stopped = true;
    interruptAll();
  }

  private void interruptAll() {
    merge.stop();
    headStart.end();
    if (reduction != null) {
      reduction.stop();
    }
    if (exchange != null) {
      exchange.stop();
    }
    source.close();
    List<Worker> all;
    synchronized (this) {
      all = List.copyOf(workers);
    }
    for (Worker worker : all) {
      worker.interrupt();
    }
  }

  /// Waits until all workers are gone; not for ever once the run is stopped.
  private synchronized void awaitWorkers() {
    long deadline = 0;
    boolean interrupted = false;
    while (active > 0) {
      long wait = 0;
      if (merge.isStopped()) {
        long now = System.nanoTime();
        if (deadline == 0) {
          deadline = now + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        }
        wait = TimeUnit.NANOSECONDS.toMillis(deadline - now);
        if (wait <= 0) {
          break;
        }
      }
      try {
        wait(wait);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- for the workers ----------------------------------------------------------------------

  MergeStage merge() {
    return merge;
  }

  Tally tally() {
    return tally;
  }

  HeadStart headStart() {
    return headStart;
  }

  ShardJournal journal() {
    return journal;
  }

  /// Null unless results are reduced.
  @Nullable Reduction reduction() {
    return reduction;
  }

  /// Null unless workers may take over a part of another's shard.
  @Nullable TailExchange exchange() {
    return exchange;
  }

  /// What a shard's output goes through on its way to its slot.
  DivisibleOutput output(Shard shard, Slot slot) {
    return new DivisibleOutput(merge, exchange, plan.format().isCounted(), shard, slot);
  }

  boolean isStopped() {
    return merge.isStopped();
  }

  /// The next shard, or null when there is none. A source that breaks off is told of and passed:
  /// what was read before and what comes behind it is worked through, and then the run fails.
  @Nullable Shard nextShard() {
    asking.lock();
    try {
      while (true) {
        try {
          return source.next();
        } catch (PyParallelException.InputFailed e) {
          remember(e);
          tally.tell(new RunEvent.InputBroke(e, source.goesOn()));
        }
      }
    } finally {
      asking.unlock();
    }
  }

  Interpreter open(int worker) {
    return runtime.open(
        new InterpreterConfig(
            plan, worker, source.shardCount(), text -> tally.tell(new RunEvent.Diagnostics(text))));
  }

  synchronized void startWorker(int number) {
    if (number >= plan.workers() || merge.isStopped()) {
      return;
    }
    Worker worker = new Worker(this, number);
    workers.add(worker);
    active++;
    Thread thread = new Thread(null, worker, "worker-" + number, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void workerDone() {
    active--;
    if (active == 0) {
      merge.finish();
    }
    notifyAll();
  }

  /// Ends the run at once.
  void fail(PyParallelException trouble) {
    remember(trouble);
    interruptAll();
  }

  private synchronized void remember(PyParallelException trouble) {
    if (failure == null) {
      failure = trouble;
    }
  }

  private synchronized void remember(PyParallelException.InputFailed broken) {
    if (brokenInput == null) {
      brokenInput = broken;
    }
  }

  private synchronized @Nullable PyParallelException brokenInput() {
    return brokenInput;
  }

  private synchronized @Nullable PyParallelException failure() {
    return failure;
  }
}
