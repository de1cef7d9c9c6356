package org.pyparallel.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;

/// The interpreters of one worker: its own, and one in a process, which it opens for a shard that
/// brought its own down, and keeps for further ones, and one on the faster runtime while it runs
/// its shards there. For the worker's thread, except where said.
final class Interpreters {
  private final Run run;
  private final int worker;
  private final BiConsumer<Interpreter, PyParallelException.ScriptFailed> failing;
  private final RenewedInterpreter own;
  private @Nullable RenewedInterpreter rescue;
  private @Nullable RenewedInterpreter faster;

  /// For other threads.
  private volatile List<RenewedInterpreter> all;

  /// @param failing see [org.pyparallel.interpreter.InterpreterConfig]
  Interpreters(
      Run run, int worker, BiConsumer<Interpreter, PyParallelException.ScriptFailed> failing) {
    this.run = run;
    this.worker = worker;
    this.failing = failing;
    this.own = new RenewedInterpreter(run, run.lineup().first(), worker, failing);
    this.all = List.of(own);
  }

  /// One that can run a shard, which is opened or replaced where needed.
  ///
  /// @param rescued whether it is to be the one in a process, if such are on offer
  Interpreter ready(boolean rescued) {
    Runtime processes = run.rescue();
    if (!rescued || processes == null) {
      return own.ready();
    }
    RenewedInterpreter known = rescue;
    if (known == null) {
      known = new RenewedInterpreter(run, processes, worker, failing);
      rescue = known;
      add(known);
    }
    try {
      return known.ready();
    } catch (PyParallelException.RuntimeFailed e) {
      run.noRescue();
      run.tally()
          .tell(new RunEvent.Notice("no worker process can be started: " + e.getMessage(), false));
      return own.ready();
    }
  }

  private void add(RenewedInterpreter one) {
    List<RenewedInterpreter> more = new ArrayList<>(all);
    more.add(one);
    all = List.copyOf(more);
  }

  /// One on the faster runtime, which [#moveIfWanted] has opened.
  Interpreter faster() {
    return Objects.requireNonNull(faster).ready();
  }

  /// Whether the next shard runs on the faster runtime.
  boolean isMoved() {
    TierUp tierUp = run.tierUp();
    return tierUp != null && faster != null && faster.isOpen() && tierUp.isThere(worker);
  }

  /// Opens one on the faster runtime where it is time for that, and closes it when it is of no more
  /// use. What goes wrong is no harm to the run.
  void moveIfWanted() {
    TierUp tierUp = run.tierUp();
    Runtime runtime = run.lineup().faster();
    if (tierUp == null || runtime == null) {
      return;
    }
    HeadStart ahead = tierUp.giveWay(worker);
    if (ahead != null) {
      ahead.await();
    }
    if (tierUp.wants(worker)) {
      open(tierUp, runtime);
    } else if (faster != null && faster.isOpen() && tierUp.isDone(worker)) {
      faster.close();
    }
  }

  private void open(TierUp tierUp, Runtime runtime) {
    try {
      switch (runtime.availability()) {
        case Availability.Missing(String reason, _) -> tierUp.refuse(reason);
        case Availability.Available(_, String detail, String advice) when !advice.isEmpty() ->
            tierUp.refuse("it would run " + detail);
        case Availability.Available _ -> {
          RenewedInterpreter one = new RenewedInterpreter(run, runtime, worker, failing);
          faster = one;
          add(one);
          if (one.ready().isSpent()) {
            tierUp.refuse("loading the script took too long there");
          }
        }
      }
    } catch (PyParallelException.ScriptFailed e) {
      tierUp.refuse("the script cannot be loaded there: " + Doubts.line(e.error()));
    } catch (PyParallelException | LinkageError e) {
      tierUp.refuse(String.valueOf(e.getMessage()));
    }
  }

  /// The worker's own, where that is open.
  @Nullable Interpreter current() {
    return own.current();
  }

  /// Whether the worker's own is open.
  boolean isOpen() {
    return own.isOpen();
  }

  /// A shard has been run in an interpreter of these.
  void ran(Interpreter interpreter) {
    for (RenewedInterpreter one : all) {
      one.ran(interpreter);
    }
  }

  /// Forgets an interpreter that is closed.
  ///
  /// @param reason why it was
  void forget(Interpreter interpreter, String reason) {
    for (RenewedInterpreter one : all) {
      one.forget(interpreter, reason);
    }
  }

  /// Asks the script to stop; any thread.
  void interrupt() {
    for (RenewedInterpreter one : all) {
      one.interrupt();
    }
  }

  /// Where the script of the worker's own is right now; any thread but the worker's.
  String stack() {
    return own.stack();
  }

  /// How much memory they have for themselves, in bytes; any thread.
  long memoryBytes() {
    long sum = 0;
    for (RenewedInterpreter one : all) {
      sum += one.memoryBytes();
    }
    return sum;
  }

  /// Closes all.
  ///
  /// @param isTold whether what goes wrong concerns the run; false where the worker was given up
  void close(boolean isTold) {
    List<RenewedInterpreter> open = new ArrayList<>(all);
    for (RenewedInterpreter one : open) {
      if (isTold) {
        one.close();
      } else {
        one.closeQuietly();
      }
    }
  }
}
