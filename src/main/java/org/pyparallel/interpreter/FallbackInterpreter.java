package org.pyparallel.interpreter;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ReduceStep.Side;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// An interpreter of the first of two runtimes, until it has to be one of the second.
///
/// It moves over when it meets a module that refuses, or before its next shard when another one
/// has. The shard that met the module is run again from its start, which is safe while nothing of
/// it has left: see [RecallableOutput]. Otherwise it fails, in words that say why.
///
/// The first interpreter is closed before the second is opened, `teardown()` and all, so that what
/// a script can have only once is free again.
final class FallbackInterpreter implements Interpreter {
  private final FallbackRuntime runtime;
  private final InterpreterConfig config;
  private final Opening opening = new Opening();

  /// Null until the first one can be stopped. Written by the owner alone; [#interrupt] and [#stack]
  /// come from other threads.
  private volatile @Nullable Interpreter current;

  private volatile boolean interrupted;
  private boolean announced;

  /// Whether the current one came out of its runtime's `open`, and so has to be closed.
  private boolean isOpen;

  private boolean moved;
  private boolean ranShards;

  /// What the first one kept of a reduction when it was closed, until it is asked for.
  private ByteBuffer kept = TakenBytes.NOTHING;

  private PyParallelException.@Nullable ScriptFailed teardownFailure;

  /// One that is still to be opened.
  FallbackInterpreter(FallbackRuntime runtime, InterpreterConfig config) {
    this.runtime = runtime;
    this.config = config;
  }

  /// Opens it on the first runtime, or if the script refuses that, on the second.
  void open(Runtime first) {
    try {
      current(first.open(config.behind(opening, true)));
      isOpen = true;
    } catch (ExtensionRefused e) {
      moved = true;
      openOn(runtime.moveOver(e));
    }
  }

  private void openOn(Runtime second) {
    current(second.open(config.behind(opening, false)));
    isOpen = true;
  }

  /// Whatever is opened can be stopped through this interpreter, which is announced once. A class,
  /// since every run starts with it.
  private final class Opening implements Consumer<Interpreter> {
    @Override
    public void accept(Interpreter interpreter) {
      current(interpreter);
      if (!announced) {
        announced = true;
        config.opening().accept(FallbackInterpreter.this);
      }
    }
  }

  private void current(Interpreter interpreter) {
    current = interpreter;
    if (interrupted) {
      interpreter.interrupt(); // it may have been missed in between
    }
  }

  private Interpreter current() {
    return Objects.requireNonNull(current);
  }

  @Override
  public ShardResult run(Shard shard, ShardOutput output) {
    Runtime other = moved ? null : runtime.moved();
    if (other != null) {
      moveTo(other);
    }
    if (moved) {
      return current().run(shard, output);
    }
    RecallableOutput held = new RecallableOutput(output, holdsOutput());
    ShardResult result;
    try {
      result = current().run(shard, held);
    } catch (ExtensionRefused e) {
      moveTo(runtime.moveOver(e));
      return held.hasLeft() ? refused(e) : current().run(shard, held.again());
    }
    ranShards = true;
    return held.release() ? result : new ShardResult.Interrupted();
  }

  /// Scripts import what they need with their first records, if not before: later shards need not
  /// wait. Nothing waits where somebody wants to see it at once.
  private boolean holdsOutput() {
    return !ranShards && !config.runOnce() && config.plan().ordering() != Ordering.LINES;
  }

  private static ShardResult refused(ExtensionRefused reason) {
    String message =
        reason.title()
            + " does not support subinterpreters, and a part of the shard's output has left"
            + " already, so that it cannot be run again elsewhere: use --runtime process";
    String type = "ImportError";
    PythonError error = new PythonError(-1, type, message, List.of(), type + ": " + message);
    return new ShardResult.Failed(0, 0, List.of(error));
  }

  @Override
  public ShardResult reduce(ReduceStep step, ShardOutput output) {
    if (moved) {
      return reduceOnSecond(step, output);
    }
    try {
      return current().reduce(step, output);
    } catch (ExtensionRefused e) {
      TakenBytes partial = new TakenBytes();
      ShardResult taken = current().reduce(new ReduceStep.Take(), partial);
      moveTo(runtime.moveOver(e));
      ByteBuffer bytes = partial.bytes();
      if (!taken.errors().isEmpty()) {
        return taken;
      }
      if (bytes.hasRemaining()) {
        // Into an interpreter that holds nothing yet: nothing of the script's is called.
        current().reduce(new ReduceStep.Combine(bytes, Side.EARLIER, ""), _ -> true);
      }
      return reduceOnSecond(step, output);
    }
  }

  private ShardResult reduceOnSecond(ReduceStep step, ShardOutput output) {
    boolean asked = step instanceof ReduceStep.HandIn || step instanceof ReduceStep.Write;
    if (asked && kept.hasRemaining()) {
      current().reduce(new ReduceStep.Receive(kept), _ -> true);
      kept = TakenBytes.NOTHING;
    }
    return current().reduce(step, output);
  }

  @Override
  public boolean keepsPartials() {
    return !moved && current().keepsPartials();
  }

  /// Goes on in an interpreter of the second runtime. When that cannot be opened, the run cannot go
  /// on.
  private void moveTo(Runtime second) {
    moved = true;
    isOpen = false;
    if (current().keepsPartials() && config.plan().merging() instanceof Merging.Reduce) {
      TakenBytes sent = new TakenBytes();
      current().reduce(new ReduceStep.HandIn(), sent);
      kept = sent.bytes();
    }
    try {
      current().close();
    } catch (PyParallelException.ScriptFailed e) {
      teardownFailure = e; // close() is where it is expected
    }
    openOn(second);
  }

  @Override
  public void interrupt() {
    interrupted = true;
    Interpreter stopped = current;
    if (stopped != null) {
      stopped.interrupt();
    }
  }

  @Override
  public boolean isSpent() {
    return interrupted || current().isSpent();
  }

  @Override
  public String stack() {
    Interpreter asked = current;
    return asked == null ? "" : asked.stack();
  }

  @Override
  public long cpuNanos() {
    Interpreter asked = current;
    return asked == null ? 0 : asked.cpuNanos();
  }

  @Override
  public long memoryBytes() {
    Interpreter asked = current;
    return asked == null ? 0 : asked.memoryBytes();
  }

  @Override
  public Console console(ConsoleOutput output) {
    return current().console(output);
  }

  @Override
  public void close() {
    if (isOpen) {
      current().close();
    }
    PyParallelException.ScriptFailed failure = teardownFailure;
    teardownFailure = null;
    if (failure != null) {
      throw failure;
    }
  }
}
