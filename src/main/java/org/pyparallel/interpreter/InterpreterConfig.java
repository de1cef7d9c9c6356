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
public record InterpreterConfig(
    RunPlan plan, int worker, OptionalLong shardCount, Consumer<String> diagnostics) {
  /// Whether to run the script once as `__main__` with the process's own standard input, whatever
  /// it defines.
  public boolean runOnce() {
    return plan.input() instanceof Input.None;
  }
}
