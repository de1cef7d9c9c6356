package org.pyparallel.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.journal.Journal;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.merge.Slot;
import org.pyparallel.workload.ShardSource;

/// What the workers of a run share, and the ways in which it ends. Safe for use by several threads.
///
/// A run ends early in one of three ways. It is *stopped*: no further shard, those under way are
/// interrupted, and what is not in its place by then is not written. It is *drained*: no further
/// shard, and those under way come to their end. Or it is *cut short*, when it has all that was
/// asked for: it is drained, and those under way are interrupted one by one, so that those that
/// have ended are all written.
final class Run {
  /// Shards under way or waiting to be written, per worker: large ones, and small ones.
  private static final int SURE_PER_WORKER = 4;

  private static final int WINDOW_PER_WORKER = 64;

  private final RunPlan plan;
  private final Lineup lineup;
  private volatile @Nullable Runtime rescue;
  private final Path folder;
  private final OptionalLong shardCount;
  private final MergeStage merge;
  private final Tally tally;
  private final Ending ending = new Ending();
  private final Admission admission;
  private final FirstStart firstStart;
  private final @Nullable Reduction reduction;
  private final @Nullable TailExchange exchange;
  private final @Nullable TierUp tierUp;
  private final Doubts doubts = new Doubts();
  private final @Nullable ShardJournal journal;
  private final Crew crew = new Crew(this);
  private final Deadlines deadlines;
  private final Watchdog watchdog;
  private final @Nullable HaltRule halt;
  private final @Nullable MemoryWatch memory;
  private final @Nullable Inquest inquest;

  /// Counted down when no further attempt is made at any shard.
  private final CountDownLatch cutShort = new CountDownLatch(1);

  /// @param lineup see [Runner]
  /// @param folder for temporary files
  /// @param listener see [Runner]
  /// @param journal see [Runner]
  /// @param patience how long a worker may take to come back from a shard that was cut short
  /// @param resident how much memory this process has
  /// @param terms when moving to the faster runtime pays
  Run(
      RunPlan plan,
      Lineup lineup,
      Path folder,
      ShardSource source,
      Consumer<RunEvent> listener,
      @Nullable Journal journal,
      Duration patience,
      MemoryWatch.Resident resident,
      TierUp.Terms terms) {
    this.plan = plan;
    this.lineup = lineup;
    this.rescue = lineup.rescue();
    this.folder = folder;
    this.shardCount = source.shardCount();
    this.merge =
        new MergeStage(
            ordering(plan), plan.workers() * SURE_PER_WORKER, plan.workers() * WINDOW_PER_WORKER);
    this.tally = new Tally(listener);
    this.reduction = plan.merging() instanceof Merging.Reduce ? new Reduction(plan, tally) : null;
    this.journal =
        journal == null ? null : new ShardJournal(journal, tally, reduction, this::ended);
    Optional<Halt> asked = plan.safeguards().recovery().halt();
    this.inquest = plan.safeguards().recovery().looksInto() ? new Inquest() : null;
    this.halt = asked.isPresent() ? new HaltRule(asked.get()) : null;
    // A part of a shard is none of those that are counted.
    this.exchange = plan.isDivisible() && halt == null ? new TailExchange() : null;
    Room room = Room.of(plan.workers(), java.lang.Runtime.getRuntime().availableProcessors());
    this.tierUp =
        lineup.faster() == null
            ? null
            : new TierUp(
                terms,
                source.totalBytes(),
                plan.workers(),
                exchange != null,
                room,
                tally,
                new Herald(tally));
    this.firstStart =
        new FirstStart(lineup.first().warmsUp(), room, plan.format(), source.totalBytes(), tally);
    Limits limits = plan.safeguards().limits();
    this.deadlines = new Deadlines(this);
    this.watchdog =
        new Watchdog(
            this,
            limits.shard().isPresent() ? new ShardTimes(limits.shard().get()) : null,
            patience.toNanos());
    OptionalLong bytes = limits.memoryBytes();
    this.memory = bytes.isPresent() ? new MemoryWatch(this, bytes.getAsLong(), resident) : null;
    this.admission = new Admission(source, merge, memory, ending, tally);
  }

  /// Where results are put together, the order of shards is the order of equal ones.
  private static Ordering ordering(RunPlan plan) {
    Merging merging = plan.merging();
    boolean together = merging instanceof Merging.Sort || merging instanceof Merging.Reduce;
    return together ? Ordering.INPUT : plan.ordering();
  }

  // ---- its parts ----------------------------------------------------------------------------

  RunPlan plan() {
    return plan;
  }

  Lineup lineup() {
    return lineup;
  }

  /// Null where there is none.
  @Nullable Runtime rescue() {
    return rescue;
  }

  /// The second runtime cannot be made use of.
  void noRescue() {
    rescue = null;
  }

  /// For temporary files.
  Path folder() {
    return folder;
  }

  MergeStage merge() {
    return merge;
  }

  Tally tally() {
    return tally;
  }

  Ending ending() {
    return ending;
  }

  Admission admission() {
    return admission;
  }

  FirstStart firstStart() {
    return firstStart;
  }

  Crew crew() {
    return crew;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /// Null unless memory is limited.
  @Nullable MemoryWatch memory() {
    return memory;
  }

  /// Null unless results are reduced.
  @Nullable Reduction reduction() {
    return reduction;
  }

  /// Null unless workers may take over a part of another's shard.
  @Nullable TailExchange exchange() {
    return exchange;
  }

  /// Who decides where shards run; null where there is only one way.
  @Nullable TierUp tierUp() {
    return tierUp;
  }

  /// What is made of failures on the faster runtime.
  Doubts doubts() {
    return doubts;
  }

  /// Null unless somebody wants to look into a failure.
  @Nullable Inquest inquest() {
    return inquest;
  }

  /// Where shards are kept; null where they are not.
  @Nullable ShardJournal journal() {
    return journal;
  }

  /// Who takes tails of the shard that a worker begins.
  TailTakers takers(int worker) {
    return new TailTakers(exchange, tierUp, worker);
  }

  /// What may become of a shard.
  Division division(Shard shard, Slot slot) {
    return new Division(merge, plan.format().isCounted(), shard, slot);
  }

  /// What an interpreter must know.
  ///
  /// @param opening see [InterpreterConfig]
  /// @param failing see [InterpreterConfig]
  InterpreterConfig config(
      int worker,
      Consumer<Interpreter> opening,
      BiConsumer<Interpreter, PyParallelException.ScriptFailed> failing) {
    return new InterpreterConfig(
        plan,
        worker,
        shardCount,
        text -> tally.tell(new RunEvent.Diagnostics(text)),
        opening,
        failing,
        false);
  }

  // ---- what happens -------------------------------------------------------------------------

  /// It begins: the first worker is started, and what watches over it.
  void start() {
    Optional<Duration> limit = plan.safeguards().limits().run();
    if (limit.isPresent()) {
      deadlines.in(Deadlines.nanos(limit.get()), () -> stop(RunReport.End.TIME_LIMIT));
    }
    if (memory != null) {
      memory.start();
    }
    if (journal != null) {
      journal.begin();
    }
    crew.start(0);
  }

  /// Waits for the workers, not for ever once it is stopped, and ends what watches over it.
  void finish() {
    crew.await();
    try {
      if (journal != null) {
        journal.end();
      }
    } catch (PyParallelException e) {
      ending.fails(e);
    }
    deadlines.close();
    if (memory != null) {
      memory.close();
    }
  }

  /// An interpreter of the first runtime, or of the rescuing one, has been opened.
  ///
  /// @param nanos how long that took
  void opened(int worker, long nanos) {
    if (exchange != null) {
      exchange.opened(nanos);
    }
    tally.workerOpened();
    if (worker == 0) {
      firstStart.opened(nanos);
    }
  }

  /// A shard has its report.
  void ended(ShardReport report) {
    tally.ended(report);
    if (halt == null || !halt.isMetBy(report)) {
      return;
    }
    RunReport.End end = halt.end();
    if (!halt.isNow()) {
      drain(end);
    } else if (end == RunReport.End.HALTED) {
      stop(end);
    } else {
      drain(end);
      cutShort();
    }
  }

  boolean isStopped() {
    return merge.isStopped();
  }

  /// Whether no further attempt is made at any shard.
  boolean isCutShort() {
    return cutShort.getCount() == 0;
  }

  /// Waits before the next attempt.
  ///
  /// @return false where there is none, which is said at once
  boolean pause(long millis) {
    try {
      return !cutShort.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // ---- its ends -----------------------------------------------------------------------------

  /// Returns at once.
  void stop(RunReport.End why) {
    ending.ends(why);
    merge.stop();
    firstStart.end();
    if (tierUp != null) {
      tierUp.end();
    }
    if (reduction != null) {
      reduction.stop();
    }
    if (exchange != null) {
      exchange.stop();
    }
    admission.end();
    cutShort.countDown();
    crew.interrupt();
  }

  /// Returns at once.
  void drain(RunReport.End why) {
    ending.ends(why);
    admission.end();
  }

  /// Ends it, since it failed where somebody wants to look: what has ended is written, and nobody
  /// waits for the rest. Returns at once.
  void breakOff() {
    drain(RunReport.End.HALTED);
    cutShort();
  }

  /// What there is, is enough: nobody waits for the shards under way.
  private void cutShort() {
    cutShort.countDown();
    for (Worker worker : crew.workers()) {
      ShardRun shard = worker.shard();
      Attempt attempt = shard == null ? null : shard.attempt();
      if (shard != null && attempt != null) {
        watchdog.cut(shard, attempt, null);
      }
    }
  }

  /// Stops it, and says why. Returns at once.
  void fail(PyParallelException trouble) {
    ending.fails(trouble);
    stop(RunReport.End.INTERRUPTED);
  }

  /// Tells of what was decided. A class, since every run makes one before its first shard.
  private record Herald(Tally tally) implements Consumer<String> {
    @Override
    public void accept(String text) {
      tally.tell(new RunEvent.Notice(text, true));
    }
  }
}
