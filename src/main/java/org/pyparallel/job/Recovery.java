package org.pyparallel.job;

import java.util.Optional;

/// What happens when a record or a shard fails.
///
/// @param retries how many more times what failed is tried, from 0: a record alone where records
///   fail alone, else the shard
/// @param recordsFailAlone whether the other records of its shard go on when one fails (`--on-error
///   record`, the default); else the shard ends there (`--on-error shard`)
/// @param bisect whether a shard that failed as a whole is halved until the smallest part that
///   fails is found, and the rest is worked through
/// @param halt when the run ends before its input does
public record Recovery(int retries, boolean recordsFailAlone, boolean bisect, Optional<Halt> halt) {
  /// What holds where the user says nothing.
  public static final Recovery NONE = new Recovery(0, true, false, Optional.empty());
}
