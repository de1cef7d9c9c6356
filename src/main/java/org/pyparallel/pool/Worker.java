package org.pyparallel.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.Slot;
import org.pyparallel.merge.WholeRun;

/// One thread that takes shards until there are none, and then the tails of others' shards until
/// there are none of these either.
///
/// It opens its interpreter only once it has a shard, and starts its successor at that moment: a
/// run of one shard opens one interpreter.
///
/// A worker that does not come back from a shard is given up. Another one takes its number, its
/// place in everything that counts workers, and the shard; it itself only cleans up behind itself,
/// should it ever get there.
final class Worker implements Runnable {
  private final Run run;
  private final int number;
  private final Interpreters interpreters;
  private final @Nullable ShardRun unfinished;
  private volatile @Nullable ShardRun current;

  /// Whether it, or the worker whose place it took, has had a shard.
  private boolean begun;

  /// Whether the run ends for what happened in an interpreter of this.
  private volatile boolean claimed;

  /// @param unfinished the shard of a worker whose place it takes, or null
  Worker(Run run, int number, @Nullable ShardRun unfinished) {
    this.run = run;
    this.number = number;
    this.interpreters = new Interpreters(run, number, new Failing());
    this.unfinished = unfinished;
    this.begun = unfinished != null;
  }

  int number() {
    return number;
  }

  /// The shard it is at, or null. Any thread.
  @Nullable ShardRun shard() {
    return current;
  }

  Interpreters interpreters() {
    return interpreters;
  }

  /// Asks the script to stop, unless it has failed and somebody is to look into that; any thread.
  void interrupt() {
    if (!claimed) {
      interpreters.interrupt();
    }
  }

  @Override
  public void run() {
    boolean stays = true;
    try (ThreadClock clock = new ThreadClock()) {
      try {
        stays = work(clock);
        if (claimed) {
          await();
        }
      } finally {
        interpreters.close(stays);
      }
    } catch (PyParallelException e) {
      run.fail(e);
    } catch (Throwable e) {
      run.fail(new PyParallelException.RuntimeFailed("worker " + number + " broke: " + e, e));
    } finally {
      if (stays) {
        leave();
      }
    }
  }

  private void leave() {
    if (number == 0) {
      run.firstStart().end();
    }
    run.crew().done(this);
  }

  /// Takes its leave of the run before it closes its interpreter, and waits until somebody has
  /// looked into that.
  private void await() {
    leave();
    Objects.requireNonNull(run.inquest()).attend();
  }

  /// Where the script cannot be loaded. A class, since every run starts with it.
  private final class Failing implements BiConsumer<Interpreter, PyParallelException.ScriptFailed> {
    @Override
    public void accept(Interpreter interpreter, PyParallelException.ScriptFailed reason) {
      if (claim(interpreter)) {
        run.fail(reason);
        await();
      }
    }
  }

  private boolean claim(Interpreter failed) {
    Inquest inquest = run.inquest();
    claimed |= inquest != null && !run.isStopped() && inquest.claim(failed);
    return claimed;
  }

  /// @return false where it was given up
  private boolean work(ThreadClock clock) {
    Reduction reduction = run.reduction();
    TailExchange exchange = run.exchange();
    if (unfinished == null) {
      if (number > 0) {
        run.firstStart().await();
      }
      if (exchange != null) {
        exchange.enter();
      }
    } else if (!finish(unfinished, clock)) {
      return false;
    }
    while (moveIfWanted() && run.admission().enter()) {
      if (reduction != null) {
        reduction.enter();
      }
      Shard shard = run.admission().next();
      if (shard == null) {
        run.admission().decline();
        if (run.tierUp() != null) {
          run.tierUp().end();
        }
        if (reduction != null) {
          leaveReduction(reduction);
        }
        return exchange == null || takeTails(exchange, clock);
      }
      Slot slot = run.merge().open(shard);
      ShardJournal journal = run.journal();
      if (journal != null && journal.replay(shard, slot, number, this::opened)) {
        left();
        continue;
      }
      begin();
      if (!finish(new ShardRun(run, this, shard, slot, false), clock)) {
        return false;
      }
    }
    return true;
  }

  /// Before a shard is taken: others wait for what is taken.
  ///
  /// @return true
  private boolean moveIfWanted() {
    if (begun) {
      interpreters.moveIfWanted();
    }
    return true;
  }

  /// Its first shard is there: the next worker may look for one as well.
  private void begin() {
    if (!begun) {
      begun = true;
      run.crew().start(number + 1);
      interpreters.ready(false);
      Reduction reduction = run.reduction();
      if (reduction != null) {
        reduction.opened();
      }
    }
  }

  private Interpreter opened() {
    begin();
    return interpreters.ready(false);
  }

  /// Sees a shard to its end.
  ///
  /// @return false where it was given up meanwhile
  private boolean finish(ShardRun shard, ThreadClock clock) {
    current = shard;
    if (!shard.work(this, clock)) {
      return false;
    }
    current = null;
    Interpreter failed = shard.failed();
    if (failed != null && claim(failed)) {
      run.breakOff();
    }
    if (!shard.isTail()) {
      left();
    }
    if (number == 0) {
      run.firstStart().ran(shard.report());
    }
    TierUp tierUp = run.tierUp();
    TailExchange.Tail owed = tierUp == null ? null : tierUp.takeOwed(number);
    if (owed == null) {
      return true;
    }
    interpreters.moveIfWanted();
    return finish(new ShardRun(run, this, owed.shard(), owed.slot(), true), clock);
  }

  /// It is done with a shard of the source.
  private void left() {
    run.admission().left();
    Reduction reduction = run.reduction();
    if (reduction != null) {
      reduction.done();
    }
  }

  private boolean takeTails(TailExchange exchange, ThreadClock clock) {
    TailExchange.Tail tail;
    while ((tail = exchange.await(interpreters.isOpen())) != null) {
      begin();
      if (!finish(new ShardRun(run, this, tail.shard(), tail.slot(), true), clock)) {
        return false;
      }
    }
    return true;
  }

  private void leaveReduction(Reduction reduction) {
    Interpreter open = interpreters.current();
    if (open != null) {
      reduction.handIn(open);
    }
    if (reduction.leave(begun)) {
      writeReduced(reduction);
    }
  }

  /// Writes what all shards were reduced to, in a slot behind theirs.
  private void writeReduced(Reduction reduction) {
    if (!run.merge().admit()) {
      return;
    }
    Shard shard = WholeRun.shard(reduction.shards());
    Slot slot = run.merge().open(shard);
    ShardResult nothing = new ShardResult.Finished(0, 0, List.of());
    try {
      reduction.write(interpreters.ready(false), slot);
    } finally {
      Duration none = Duration.ZERO;
      ShardReport report =
          slot.end(
              outputBytes ->
                  new ShardReport(shard, nothing, number, none, none, none, outputBytes));
      run.tally().wrote(report.outputBytes());
    }
  }
}
