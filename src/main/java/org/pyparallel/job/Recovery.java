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
/// @param looksInto whether the run ends with the first failure, and the interpreter that it
///   happened in is kept so that somebody can look into it (`--repl-on-error`); records do not fail
///   alone then
public record Recovery(
    int retries, boolean recordsFailAlone, boolean bisect, Optional<Halt> halt, boolean looksInto) {
  /// What holds where the user says nothing.
  public static final Recovery NONE = new Recovery(0, true, false, Optional.empty());

  /// One without a look into failures.
  public Recovery(int retries, boolean recordsFailAlone, boolean bisect, Optional<Halt> halt) {
    this(retries, recordsFailAlone, bisect, halt, false);
  }
}
