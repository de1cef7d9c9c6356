package org.pyparallel.interpreter;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pyparallel.job.Input;
import org.pyparallel.job.RunPlan;

/// What an interpreter must know before its first shard.
///
/// @param plan the run: its script, its records, and what is made of results
/// @param worker the worker's number, from 0
/// @param shardCount the number of shards where it is known before the run
/// @param diagnostics takes what the script writes to standard error, and what `setup()` and
///   `teardown()` print; called on the owner's thread
/// @param fallback whether the script can be run elsewhere when an extension module refuses to be
///   loaded here: this is then told by [ExtensionRefused] in place of the script's own error
public record InterpreterConfig(
    RunPlan plan,
    int worker,
    OptionalLong shardCount,
    Consumer<String> diagnostics,
    boolean fallback) {
  /// One without a fallback.
  public InterpreterConfig(
      RunPlan plan, int worker, OptionalLong shardCount, Consumer<String> diagnostics) {
    this(plan, worker, shardCount, diagnostics, false);
  }

  /// The same where there is a fallback.
  InterpreterConfig withFallback() {
    return new InterpreterConfig(plan, worker, shardCount, diagnostics, true);
  }

  /// Whether to run the script once as `__main__` with the process's own standard input, whatever
  /// it defines.
  public boolean runOnce() {
    return plan.input() instanceof Input.None;
  }
}
