package org.pyparallel.interpreter;

import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.RunPlan;

/// What an interpreter must know before its first shard.
///
/// @param plan the run: its script, its records, and what is made of results
/// @param worker the worker's number, from 0
/// @param shardCount the number of shards where it is known before the run
/// @param diagnostics takes what the script writes to standard error, and what `setup()` and
///   `teardown()` print; called on the owner's thread
/// @param opening is given the interpreter as soon as it can be stopped, which is before the script
///   is loaded; called on the owner's thread, within [Runtime#open], once or not at all. Until
///   `open` returns, [Interpreter#interrupt], [Interpreter#stack] and [Interpreter#memoryBytes] are
///   all that may be called on it; where `open` throws, they do nothing any more
/// @param failing is given the interpreter and the reason where the script cannot be loaded, before
///   that is thrown and the interpreter closed; called on the owner's thread, within
///   [Runtime#open]. Besides what is allowed while it opens, [Interpreter#console] may be called on
///   it
/// @param fallback whether the script can be run elsewhere when an extension module refuses to be
///   loaded here: this is then told by [ExtensionRefused] in place of the script's own error
public record InterpreterConfig(
    RunPlan plan,
    int worker,
    OptionalLong shardCount,
    Consumer<String> diagnostics,
    Consumer<Interpreter> opening,
    BiConsumer<Interpreter, ScriptFailed> failing,
    boolean fallback) {
  /// One without a fallback.
  public InterpreterConfig(
      RunPlan plan,
      int worker,
      OptionalLong shardCount,
      Consumer<String> diagnostics,
      Consumer<Interpreter> opening) {
    this(plan, worker, shardCount, diagnostics, opening, new Passing(), false);
  }

  /// Does nothing. A class, since every run starts with it.
  private static final class Passing implements BiConsumer<Interpreter, ScriptFailed> {
    @Override
    public void accept(Interpreter interpreter, ScriptFailed reason) {
      // It is thrown anyway.
    }
  }

  /// The same for one of the runtimes behind another.
  InterpreterConfig behind(Consumer<Interpreter> changedOpening, boolean changedFallback) {
    return new InterpreterConfig(
        plan, worker, shardCount, diagnostics, changedOpening, failing, changedFallback);
  }

  /// Whether to run the script once as `__main__` with the process's own standard input, whatever
  /// it defines.
  public boolean runOnce() {
    return plan.input() instanceof Input.None;
  }
}
