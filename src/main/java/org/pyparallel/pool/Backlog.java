package org.pyparallel.pool;

import java.util.OptionalLong;

/// How much of the input is left to work through. Used under the lock of whoever has it.
final class Backlog {
  private final OptionalLong total;
  private long done;

  /// @param total how much there is in all, where that is known
  Backlog(OptionalLong total) {
    this.total = total;
  }

  /// So much more of it is done.
  void ran(long units) {
    done += units;
  }

  /// What is left. Where nobody knows, as much again as was done.
  double left() {
    return total.isPresent() ? Math.max(0, total.getAsLong() - done) : done;
  }
}
