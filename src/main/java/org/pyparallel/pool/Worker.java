package org.pyparallel.pool;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.Slot;
import org.pyparallel.merge.WholeRun;

/// One thread with one interpreter that takes shards until there are none, and then the tails of
/// others' shards until there are none of these either.
///
/// It opens its interpreter only once it has a shard, and starts its successor at that moment: a
/// run of one shard opens one interpreter.
final class Worker implements Runnable {
  private final Runner runner;
  private final int number;
  private volatile @Nullable Interpreter interpreter;

  Worker(Runner runner, int number) {
    this.runner = runner;
    this.number = number;
  }

  @Override
  public void run() {
    try (ThreadClock clock = new ThreadClock()) {
      work(clock);
    } catch (PyParallelException e) {
      runner.fail(e);
    } catch (Throwable e) {
      runner.fail(new PyParallelException.RuntimeFailed("worker " + number + " broke: " + e, e));
    } finally {
      if (number == 0) {
        runner.headStart().end();
      }
      runner.workerDone();
    }
  }

  /// Asks the script to stop; any thread.
  void interrupt() {
    Interpreter current = interpreter;
    if (current != null) {
      current.interrupt();
    }
  }

  private void work(ThreadClock clock) {
    try {
      if (number > 0) {
        runner.headStart().await();
      }
      Reduction reduction = runner.reduction();
      TailExchange exchange = runner.exchange();
      if (exchange != null) {
        exchange.enter();
      }
      while (runner.merge().admit()) {
        if (reduction != null) {
          reduction.enter();
        }
        Shard shard = runner.nextShard();
        if (shard == null) {
          runner.merge().decline();
          if (reduction != null && reduction.leave(interpreter != null)) {
            writeReduced(reduction);
          }
          if (exchange != null) {
            takeTails(exchange, clock);
          }
          break;
        }
        Slot slot = runner.merge().open(shard);
        if (!runner.journal().replay(shard, slot, number, this::ready)) {
          ready();
          runShard(shard, slot, clock, false);
        }
        if (reduction != null) {
          reduction.done();
        }
        if (number == 0) {
          runner.headStart().end();
        }
      }
    } finally {
      close();
    }
  }

  private void takeTails(TailExchange exchange, ThreadClock clock) {
    TailExchange.Tail tail;
    while ((tail = exchange.await(interpreter != null)) != null) {
      if (interpreter == null) {
        runner.startWorker(number + 1);
        open();
      }
      runShard(tail.shard(), tail.slot(), clock, true);
    }
  }

  /// Its interpreter, which it opens for its first shard.
  private Interpreter ready() {
    Interpreter current = interpreter;
    if (current == null) {
      runner.startWorker(number + 1);
      current = open();
      Reduction reduction = runner.reduction();
      if (reduction != null) {
        reduction.opened();
      }
    }
    return current;
  }

  private Interpreter open() {
    long start = System.nanoTime();
    Interpreter opened = runner.open(number);
    interpreter = opened;
    TailExchange exchange = runner.exchange();
    if (exchange != null) {
      exchange.opened(System.nanoTime() - start);
    }
    runner.tally().workerOpened();
    if (number == 0) {
      runner.headStart().opened();
    }
    if (runner.isStopped()) {
      interrupt(); // it may have been missed while it opened
    }
    return opened;
  }

  private void runShard(Shard shard, Slot slot, ThreadClock clock, boolean tail) {
    Tally tally = runner.tally();
    tally.tell(new RunEvent.ShardStarted(shard, number));
    long start = tally.elapsed();
    long cpu = clock.nanos();
    Interpreter current = java.util.Objects.requireNonNull(interpreter);
    DivisibleOutput output = runner.output(shard, slot);
    JournaledOutput journaled = runner.journal().record(shard, output);
    ShardResult result = current.run(shard, journaled);
    journaled.end(result, current);
    Duration wall = Duration.ofNanos(tally.elapsed() - start);
    Duration used = Duration.ofNanos(clock.nanos() - cpu);
    ShardReport report =
        slot.end(
            outputBytes ->
                new ShardReport(
                    output.shard(),
                    result,
                    number,
                    Duration.ofNanos(start),
                    wall,
                    used,
                    outputBytes,
                    tail,
                    output.tailOffset(),
                    1));
    tally.ended(report);
  }

  /// Writes what all shards were reduced to, in a slot behind theirs.
  private void writeReduced(Reduction reduction) {
    if (!runner.merge().admit()) {
      return;
    }
    Shard shard = WholeRun.shard(reduction.shards());
    Slot slot = runner.merge().open(shard);
    ShardResult nothing = new ShardResult.Finished(0, 0, List.of());
    try {
      if (interpreter == null) {
        open();
      }
      reduction.write(java.util.Objects.requireNonNull(interpreter), slot);
    } finally {
      Duration none = Duration.ZERO;
      ShardReport report =
          slot.end(
              outputBytes ->
                  new ShardReport(shard, nothing, number, none, none, none, outputBytes));
      runner.tally().wrote(report.outputBytes());
    }
  }

  private void close() {
    Interpreter current = interpreter;
    if (current == null) {
      return;
    }
    try {
      current.close();
    } catch (PyParallelException.ScriptFailed e) {
      runner.tally().tell(new RunEvent.TeardownFailed(number, e.error()));
    } finally {
      interpreter = null; // not before: teardown() can be interrupted as well
    }
  }
}
