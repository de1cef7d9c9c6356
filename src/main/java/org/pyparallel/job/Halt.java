package org.pyparallel.job;

import java.util.Locale;

/// When a run ends before its input does, as GNU parallel's `--halt` says it.
///
/// @param when what becomes of the shards under way
/// @param what which shards count; one with a record that failed has failed
/// @param count how many of them end the run, at least 1; percent of those that ended, of which
///   there must be at least 3, where `percent` is true (1 to 100)
public record Halt(When when, What what, long count, boolean percent) {
  /// What becomes of the shards under way.
  public enum When {
    /// They are interrupted.
    NOW,
    /// They come to their end.
    SOON
  }

  /// Which shards count.
  public enum What {
    /// Those that failed.
    FAIL,
    /// Those that did not.
    SUCCESS,
    /// All that ended.
    DONE
  }

  /// As it is typed after `--halt`.
  public String label() {
    return when.name().toLowerCase(Locale.ROOT)
        + ","
        + what.name().toLowerCase(Locale.ROOT)
        + "="
        + count
        + (percent ? "%" : "");
  }
}
