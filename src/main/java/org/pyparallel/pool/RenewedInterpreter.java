package org.pyparallel.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;

/// An interpreter that is opened when it is needed, and replaced by a new one when it is of no more
/// use: spent, too old, or too large. For its worker's thread, except where said.
final class RenewedInterpreter {
  private final Run run;
  private final Runtime runtime;
  private final int worker;
  private final BiConsumer<Interpreter, PyParallelException.ScriptFailed> failing;
  private volatile @Nullable Interpreter current;

  /// The one that is being opened.
  private volatile @Nullable Interpreter opening;

  /// How many shards the current one has run.
  private long shards;

  /// Why the last one is gone, if nobody has been told yet.
  private @Nullable String gone;

  /// @param failing see [org.pyparallel.interpreter.InterpreterConfig]
  RenewedInterpreter(
      Run run,
      Runtime runtime,
      int worker,
      BiConsumer<Interpreter, PyParallelException.ScriptFailed> failing) {
    this.run = run;
    this.runtime = runtime;
    this.worker = worker;
    this.failing = failing;
  }

  /// One that can run a shard.
  ///
  /// @throws PyParallelException if it cannot be opened
  Interpreter ready() {
    Interpreter open = current;
    if (open != null) {
      String reason = reasonToRenew(open);
      if (reason == null) {
        return open;
      }
      close();
      gone = reason;
    }
    return open();
  }

  private @Nullable String reasonToRenew(Interpreter open) {
    if (open.isSpent()) {
      return "the one before is of no more use";
    }
    OptionalLong lifespan = run.plan().safeguards().limits().lifespan();
    if (lifespan.isPresent() && shards >= lifespan.getAsLong()) {
      return "the one before has run " + shards + " shards (--worker-lifespan)";
    }
    MemoryWatch memory = run.memory();
    return memory == null || shards == 0 ? null : memory.reasonToRenew(open);
  }

  private Interpreter open() {
    String reason = gone;
    if (reason != null) {
      gone = null;
      String text = "worker " + worker + " gets a new interpreter: " + reason;
      run.tally().tell(new RunEvent.Notice(text, true));
    }
    long start = System.nanoTime();
    Deadlines.@Nullable Deadline deadline = setupDeadline();
    Interpreter opened;
    try {
      opened = runtime.open(run.config(worker, new Opening(), failing));
    } finally {
      opening = null;
      if (deadline != null) {
        deadline.cancel();
      }
    }
    current = opened;
    shards = 0;
    opened(System.nanoTime() - start);
    if (run.isStopped()) {
      opened.interrupt(); // it may have been missed while it opened
    }
    return opened;
  }

  /// @param nanos how long it took
  private void opened(long nanos) {
    TierUp tierUp = run.tierUp();
    if (tierUp != null && isOptional()) {
      tierUp.opened(worker, nanos);
    } else {
      run.opened(worker, nanos);
    }
  }

  /// Whether the run can do without it.
  private boolean isOptional() {
    return runtime.equals(run.lineup().faster());
  }

  /// Keeps hold of what is being opened. Not a lambda, which would cost every start a few
  /// milliseconds.
  private final class Opening implements Consumer<Interpreter> {
    @Override
    public void accept(Interpreter early) {
      opening = early;
      if (run.isStopped()) {
        early.interrupt(); // it may have been missed until now
      }
    }
  }

  /// The run ends without waiting for this thread, unless it can do without the interpreter.
  private Deadlines.@Nullable Deadline setupDeadline() {
    Optional<Duration> limit = run.plan().safeguards().limits().setup();
    if (limit.isEmpty()) {
      return null;
    }
    long nanos = Deadlines.nanos(limit.get());
    String message =
        "loading the script, or its setup(), took longer than "
            + ShardTimes.seconds(nanos)
            + " (--setup-timeout)";
    return run.deadlines()
        .in(
            nanos,
            () -> {
              if (isOptional()) {
                interrupt();
                return;
              }
              String stack = stack();
              String text = (stack.isEmpty() ? "" : stack + "\n") + "TimeoutError: " + message;
              run.fail(
                  new PyParallelException.ScriptFailed(
                      new PythonError(-1, "TimeoutError", message, List.of(), text)));
            });
  }

  /// Where the script is right now, also while it is being loaded; any thread but the worker's.
  String stack() {
    Interpreter busy = present();
    return busy == null ? "" : busy.stack();
  }

  private @Nullable Interpreter present() {
    Interpreter open = current;
    return open == null ? opening : open;
  }

  /// What is open; null for nothing.
  @Nullable Interpreter current() {
    return current;
  }

  boolean isOpen() {
    return current != null;
  }

  /// A shard has been run in an interpreter, which may be this one.
  void ran(Interpreter interpreter) {
    if (interpreter.equals(current)) {
      shards++;
    }
  }

  /// An interpreter, which may be this one, is closed already.
  void forget(Interpreter interpreter, String reason) {
    if (interpreter.equals(current)) {
      current = null;
      gone = reason;
    }
  }

  /// Asks the script to stop; any thread.
  void interrupt() {
    Interpreter open = present();
    if (open != null) {
      open.interrupt();
    }
  }

  /// Any thread.
  long memoryBytes() {
    Interpreter open = present();
    return open == null ? 0 : open.memoryBytes();
  }

  /// Closes it, and tells of a `teardown()` that failed.
  void close() {
    Interpreter open = current;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (PyParallelException.ScriptFailed e) {
      run.tally().tell(new RunEvent.TeardownFailed(worker, e.error()));
    } finally {
      current = null; // not before: teardown() can be interrupted as well
    }
  }

  /// Closes it for a worker that the run does without.
  void closeQuietly() {
    try {
      close();
    } catch (RuntimeException | Error _) {
      // Nobody is there any more who could make use of it.
    }
  }
}
