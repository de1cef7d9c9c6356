package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Runtime;

/// The runtimes of a run. Whoever makes it closes them.
///
/// @param first runs the shards
/// @param rescue opens an interpreter for a shard that an interpreter of `first` got stuck in, or
///   that took its interpreter down: one in a process of its own; null for none
/// @param faster compiles hot code, so that workers move there when that pays, see [TierUp]; null
///   for a run that stays on `first`
public record Lineup(Runtime first, @Nullable Runtime rescue, @Nullable Runtime faster) {
  /// One runtime for everything.
  public Lineup(Runtime only) {
    this(only, null, null);
  }
}
