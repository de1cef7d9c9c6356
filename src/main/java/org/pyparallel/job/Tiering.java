package org.pyparallel.job;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of the question whether a run is better off on a runtime that compiles hot code.
///
/// @param decision what was decided last
/// @param reason why, without a full stop
/// @param decided when, since the start of the run; null where nothing was decided
/// @param cpythonSpeed how much was worked through on `cpython` per second of CPU time, lately: in
///   bytes, or items where [Format#isCounted]; 0 where that is not known
/// @param graalpySpeed the same for `graalpy`, at its best
/// @param graalpyShards how many shards, or parts of them, ran on `graalpy`
public record Tiering(
    Decision decision,
    String reason,
    @Nullable Duration decided,
    double cpythonSpeed,
    double graalpySpeed,
    long graalpyShards) {
  /// What was decided.
  public enum Decision {
    /// The run was too short for it to pay.
    NOT_TRIED,
    /// `graalpy` cannot run the script as `cpython` does.
    REFUSED,
    /// It was tried, and is not faster.
    STAYED,
    /// Workers have moved over.
    MOVED,
    /// They had moved over, and have moved back.
    MOVED_BACK;

    /// As it stands in JSON.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// It in words for users, one line.
  public String text() {
    String what =
        switch (decision) {
          case NOT_TRIED -> "graalpy was not tried";
          case REFUSED, STAYED -> "staying on cpython";
          case MOVED -> "moving to graalpy";
          case MOVED_BACK -> "moving back to cpython";
        };
    return what + ": " + reason;
  }
}
