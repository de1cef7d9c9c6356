package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.interpreter.TakenBytes;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.Slot;

/// One shard's way from its start to its report: its attempts, and where those fail, those at its
/// parts.
///
/// One thread at a time drives it, by [#work]: the worker that took the shard, or the one that took
/// that worker's place. What is handed over is an attempt that was given up; nothing here is
/// touched any more by the thread that was at it.
///
/// An attempt begins in [#begin], where its output is made. The shard's result is final in [#end],
/// where its report is made.
final class ShardRun {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final int MOST_DOUBLINGS = 20;

  private final Run run;
  private final Slot slot;
  private final boolean tail;
  private final long start;
  private volatile Worker worker;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable Bisection bisection;
  private final @Nullable RecordedOutput recorded;
  private @Nullable ShardReport report;

  /// Where the script failed, if that is still of use.
  private @Nullable Interpreter failed;

  private long cpuNanos;

  /// What is left of it, where tails of it were given away; and where the last one given begins.
  private volatile Shard shard;

  private long tailOffset = -1;

  private final Detour detour;

  /// Whether it is for a process to try, since another interpreter did not survive it.
  private boolean rescued;

  /// @param slot the shard's, open
  /// @param tail whether it is the tail of another shard
  ShardRun(Run run, Worker worker, Shard shard, Slot slot, boolean tail) {
    this.run = run;
    this.worker = worker;
    this.shard = shard;
    this.detour = new Detour(run);
    this.slot = slot;
    this.tail = tail;
    ShardJournal journal = run.journal();
    this.recorded = journal == null ? null : journal.record(shard, slot);
    this.start = run.tally().elapsed();
  }

  /// Goes on until the shard has its report.
  ///
  /// @return false where the worker was given up meanwhile
  boolean work(Worker by, ThreadClock clock) {
    worker = by;
    try {
      Attempt left = attempt;
      if (left != null) {
        rescued = !detour.isTaken();
        settle(left, left.cutResult(), 0);
      }
      while (report == null) {
        Attempt next = begin(detour.choose(by.interpreters(), bisection != null, rescued));
        long cpu = clock.nanos() + next.interpreter().cpuNanos();
        Watchdog.@Nullable Watch watch = run.watchdog().watch(this, next);
        ShardResult result;
        try {
          result = next.run();
        } finally {
          if (watch != null) {
            watch.cancel();
          }
        }
        if (result == null) {
          by.interpreters().forget(next.interpreter(), "the worker was given up");
          return false;
        }
        long used = Math.max(0, clock.nanos() + next.interpreter().cpuNanos() - cpu);
        cpuNanos += used;
        settle(next, result, used);
      }
    } catch (Throwable e) {
      drop();
      throw e;
    }
    return true;
  }

  /// Begins an attempt, at the whole shard or at a part of it.
  private Attempt begin(Interpreter interpreter) {
    Bisection parts = bisection;
    Shard next = parts == null ? shard : parts.next();
    AttemptOutput output = output(parts == null ? recorded : null);
    if (parts == null) {
      if (recorded != null) {
        recorded.restart();
      }
      if (!detour.isRepeat() && attempts.incrementAndGet() == 1) {
        run.tally().tell(new RunEvent.ShardStarted(shard, worker.number()));
      }
    }
    Attempt begun = new Attempt(next, interpreter, output);
    attempt = begun;
    if (run.isCutShort()) {
      run.watchdog().cut(this, begun, null); // it may have been missed until now
    }
    return begun;
  }

  /// @param observer sees what the shard consists of, where it is kept
  private AttemptOutput output(@Nullable RecordedOutput observer) {
    if (!detour.isTaken() && !run.plan().holdsOutput()) {
      Division division = run.division(shard, slot);
      return new DivisibleOutput(
          run.takers(worker.number()), division, slot, recorded == null ? slot : recorded);
    }
    HeldOutput held = new HeldOutput(run.folder(), observer);
    return detour.isTaken() ? detour.output(held, this, slot) : held;
  }

  /// Decides what comes after an attempt.
  ///
  /// @param cpu its CPU time in nanoseconds
  private void settle(Attempt ended, ShardResult result, long cpu) {
    Interpreter interpreter = ended.interpreter();
    boolean spent = ended.isCut() || interpreter.isSpent();
    Division division = ended.output().division();
    if (division != null) {
      shard = division.shard();
      tailOffset = division.tailOffset() < 0 ? tailOffset : division.tailOffset();
    }
    TierUp tierUp = run.tierUp();
    if (ended.isCut()) {
      worker.interpreters().forget(interpreter, "the one before was interrupted");
    }
    if (tierUp != null && detour.isInVain(tierUp, ended, result, spent)) {
      ended.output().drop();
      forgetPartial(interpreter, spent);
      return;
    }
    if (!ended.isCut() && result instanceof ShardResult.Finished) {
      finished(tierUp, ended, result, cpu);
    }
    rescued |= spent && !ended.isCut() && result instanceof ShardResult.Failed;
    Bisection parts = bisection;
    HeldOutput output = ended.output().held();
    if (parts != null && output != null) {
      parts.ended(result, output);
      output.drop();
      endIfDone(parts, result, interpreter, spent);
    } else if (result instanceof ShardResult.Failed failed && mayRetry()) {
      ended.output().drop();
      forgetPartial(interpreter, spent);
      if (!isRetried(failed)) {
        end(new ShardResult.Interrupted(), null, interpreter, spent);
      }
    } else if (result instanceof ShardResult.Failed failed && bisect(failed)) {
      ended.output().drop();
      endIfDone(Objects.requireNonNull(bisection), result, interpreter, spent);
    } else {
      end(result, ended.output(), interpreter, spent);
    }
  }

  private void finished(@Nullable TierUp tierUp, Attempt ended, ShardResult result, long cpu) {
    if (!detour.isTaken()) { // nobody learns how long a shard may take from those that take less
      run.watchdog().ended(ended, ended.activeNanos());
    }
    if (tierUp != null && bisection == null) {
      long units = run.plan().format().units(result.records(), shard.length());
      tierUp.ran(worker.number(), detour.isTaken(), units, cpu);
    }
  }

  private boolean mayRetry() {
    return bisection == null && attempts.get() <= run.plan().safeguards().recovery().retries();
  }

  /// Waits until it is time for the next attempt.
  ///
  /// @return false if the run ends meanwhile
  private boolean isRetried(ShardResult.Failed failed) {
    if (run.isCutShort()) {
      return false;
    }
    run.tally().tell(new RunEvent.ShardRetried(shard, attempts.get(), failed.errors().getLast()));
    long pause = FIRST_PAUSE_MILLIS << Math.min(attempts.get() - 1, MOST_DOUBLINGS);
    return run.pause(Math.min(pause, LONGEST_PAUSE_MILLIS));
  }

  /// Whether what failed as a whole is tried in parts; what is reduced is not.
  private boolean bisect(ShardResult.Failed failed) {
    if (run.plan().safeguards().recovery().bisect()
        && run.reduction() == null
        && !run.isCutShort()) {
      bisection = Bisection.of(run.plan(), shard, failed, run.folder());
    }
    return bisection != null;
  }

  private void endIfDone(
      Bisection parts, ShardResult last, Interpreter interpreter, boolean spent) {
    if (last instanceof ShardResult.Interrupted || (parts.hasNext() && run.isCutShort())) {
      end(new ShardResult.Interrupted(), parts.kept(), interpreter, spent);
    } else if (!parts.hasNext()) {
      end(parts.result(), parts.kept(), interpreter, spent);
    }
  }

  /// The shard is done with, and its result final.
  ///
  /// @param output what counts of its output; null for nothing
  /// @param interpreter what the last attempt was made in
  /// @param spent whether that is of no more use
  private void end(
      ShardResult ended, @Nullable AttemptOutput output, Interpreter interpreter, boolean spent) {
    ShardResult result = ended;
    HeldOutput held = output == null ? null : output.held();
    if (held != null && !passOn(held, ended)) {
      result = new ShardResult.Interrupted();
    }
    if (output != null) {
      output.drop();
    }
    if (run.reduction() != null) {
      if (run.isStopped()) {
        result = new ShardResult.Interrupted();
      } else {
        reduce(run.reduction(), result, interpreter, spent);
      }
    }
    if (recorded != null) {
      recorded.end(result);
    }
    worker.interpreters().ran(interpreter);
    ShardResult last = result;
    failed = last instanceof ShardResult.Failed && !spent ? interpreter : null;
    long wall = run.tally().elapsed() - start;
    ShardReport made =
        slot.end(
            outputBytes ->
                new ShardReport(
                    shard,
                    last,
                    worker.number(),
                    Duration.ofNanos(start),
                    Duration.ofNanos(wall),
                    Duration.ofNanos(cpuNanos),
                    outputBytes,
                    tail,
                    tailOffset,
                    attempts.get()));
    attempt = null;
    report = made;
    run.ended(made);
  }

  /// Of a shard that failed only what it rejected is of any use, where it could be tried again.
  private boolean passOn(HeldOutput held, ShardResult result) {
    ShardOutput target = recorded == null ? slot : recorded;
    return switch (result) {
      case ShardResult.Finished _ -> held.passTo(target);
      case ShardResult.Failed _ ->
          run.plan().holdsOutput() ? held.passRejectsTo(target) : held.passTo(target);
      case ShardResult.Interrupted _ -> true;
    };
  }

  private void reduce(
      Reduction reduction, ShardResult result, Interpreter interpreter, boolean spent) {
    boolean whole = result instanceof ShardResult.Finished || !run.plan().holdsOutput();
    if (!whole) {
      forgetPartial(interpreter, spent);
    }
    Interpreter holder = spent ? worker.interpreters().ready(false) : interpreter;
    if (recorded == null) {
      reduction.add(shard, holder);
      return;
    }
    ByteBuffer taken = reduction.take(shard, holder);
    if (taken == null) {
      recorded.end(new ShardResult.Interrupted());
      reduction.add(shard, TakenBytes.NOTHING, holder);
    } else {
      recorded.partial(taken);
      reduction.add(shard, taken, holder);
    }
  }

  /// What an attempt that does not count has left in its interpreter must not be combined.
  private void forgetPartial(Interpreter interpreter, boolean spent) {
    if (run.reduction() != null && !spent) {
      interpreter.reduce(new ReduceStep.Take(), _ -> true);
    }
  }

  private void drop() {
    Attempt left = attempt;
    if (left != null) {
      left.output().drop();
    }
    if (bisection != null) {
      bisection.kept().drop();
    }
    if (recorded != null) {
      recorded.end(new ShardResult.Interrupted());
    }
  }

  /// What there is of it at the moment.
  Shard shard() {
    return shard;
  }

  // ---- for other threads --------------------------------------------------------------------

  /// Whose it is at the moment.
  Worker worker() {
    return worker;
  }

  /// What is being run, or was last; null before and between.
  @Nullable Attempt attempt() {
    return attempt;
  }

  /// Where its script failed for good, once it has its report: null where it did not, or where the
  /// interpreter is of no more use. The worker's thread.
  @Nullable Interpreter failed() {
    return failed;
  }

  /// What became of it, once that is clear. The worker's thread.
  ShardReport report() {
    return Objects.requireNonNull(report);
  }

  boolean isTail() {
    return tail;
  }

  /// When it was taken, in nanoseconds since the start of the run.
  long start() {
    return start;
  }

  /// Which one it is, for messages.
  String name() {
    return "shard " + shard.index() + " of " + shard.source();
  }

  /// Which one it is, and for how long and how often it has been tried, on one line.
  String description() {
    long millis = TimeUnit.NANOSECONDS.toMillis(run.tally().elapsed() - start);
    boolean integers = shard.data() instanceof ShardData.Range;
    boolean items = run.plan().format().isCounted() && !integers;
    String unit = items ? "records from " : integers ? "integers " : "bytes ";
    String to = items ? "" : " to " + (shard.offset() + shard.length());
    return name()
        + (shard.data() instanceof ShardData.Nothing ? "" : " (" + unit + shard.offset() + to + ")")
        + ", for "
        + ShardTimes.seconds(TimeUnit.MILLISECONDS.toNanos(millis))
        + (attempts.get() > 1 ? ", attempt " + attempts : "")
        + (bisection != null ? ", in parts" : "");
  }

  /// Where its script is right now; see [Interpreter#stack].
  String stack() {
    Attempt current = attempt;
    return current == null ? worker.interpreters().stack() : current.interpreter().stack();
  }
}
