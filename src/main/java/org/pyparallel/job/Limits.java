package org.pyparallel.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How much of something a run may take.
///
/// @param shard how long a shard may take (`--timeout`)
/// @param run how long the run may take (`--time-limit`); positive
/// @param setup how long loading the script and its `setup()` may take, in each interpreter
///   (`--setup-timeout`); positive
/// @param memoryBytes how much memory the run may have, workers included (`--memory-limit`)
/// @param lifespan after how many shards a worker gets a new interpreter (`--worker-lifespan`); at
///   least 1
public record Limits(
    Optional<TimeLimit> shard,
    Optional<Duration> run,
    Optional<Duration> setup,
    OptionalLong memoryBytes,
    OptionalLong lifespan) {
  /// No limits.
  public static final Limits NONE =
      new Limits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}
