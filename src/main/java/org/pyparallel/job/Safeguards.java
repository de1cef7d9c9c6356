package org.pyparallel.job;

import java.nio.file.Path;
import java.util.Optional;

/// What protects a run against what may go wrong in it.
///
/// @param limits on time and memory
/// @param recovery what happens when a record or a shard fails
/// @param journal where finished shards are kept, or empty for nowhere
/// @param jobLog where each shard that ended is logged, in the columns of GNU parallel's
///   `--joblog`, or empty for nowhere
public record Safeguards(
    Limits limits, Recovery recovery, Optional<Journaling> journal, Optional<Path> jobLog) {
  /// What holds where the user says nothing.
  public static final Safeguards NONE =
      new Safeguards(Limits.NONE, Recovery.NONE, Optional.empty(), Optional.empty());
}
