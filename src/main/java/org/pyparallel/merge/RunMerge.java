package org.pyparallel.merge;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Merges sorted runs into one: a tree of losers over their next results.
///
/// Of each run's next result the first bytes are at hand as one number, which decides most
/// comparisons. Equal results are taken in the order of their runs.
final class RunMerge {
  /// How the results are sorted.
  ///
  /// @param descending from the largest to the smallest
  /// @param distinct equal ones go by their lines too, and the same ones are taken once
  record Order(boolean descending, boolean distinct) {}

  /// Takes results in their order.
  @FunctionalInterface
  interface Target {
    /// @param result whose current result is meant; valid during the call
    void take(RunReader result) throws IOException;
  }

  /// Larger than any prefix, and than the complement of any.
  private static final long DONE = Long.MAX_VALUE;

  private final Order order;
  private final RunReader[] readers;

  /// The prefix of each run's next result, turned round where the order is; [#DONE] at its end.
  private final long[] prefixes;

  /// The winner, then for each inner node of the tree who lost there.
  private final int[] tree;

  private RunMerge(List<RunReader> readers, Order order) throws IOException {
    this.order = order;
    this.readers = readers.toArray(RunReader[]::new);
    this.prefixes = new long[this.readers.length];
    this.tree = new int[this.readers.length];
    for (int i = 0; i < this.readers.length; i++) {
      advance(i);
    }
    for (int i = 1; i < tree.length; i++) {
      tree[i] = -1;
    }
    for (int i = this.readers.length - 1; i >= 0; i--) {
      enter(i);
    }
  }

  /// Merges.
  ///
  /// @param readers at the start of their runs, in the order of equal results; at least one
  /// @param stopped tells whether the rest is not wanted any more
  static void merge(List<RunReader> readers, Order order, Target target, BooleanSupplier stopped)
      throws IOException {
    RunMerge merge = new RunMerge(readers, order);
    if (order.distinct()) {
      merge.runDistinct(target, stopped);
    } else {
      merge.run(target, stopped);
    }
  }

  private void run(Target target, BooleanSupplier stopped) throws IOException {
    while (true) {
      int winner = tree[0];
      if (prefixes[winner] == DONE || stopped.getAsBoolean()) {
        return;
      }
      target.take(readers[winner]);
      advance(winner);
      replay(winner);
    }
  }

  private void runDistinct(Target target, BooleanSupplier stopped) throws IOException {
    int last = -1;
    while (true) {
      int winner = tree[0];
      if (prefixes[winner] == DONE || stopped.getAsBoolean()) {
        return;
      }
      // A run has each result once. So the last one taken is still there, as its reader's last.
      if (last < 0 || last == winner || !readers[winner].equalsLastOf(readers[last])) {
        target.take(readers[winner]);
        last = winner;
      }
      advance(winner);
      replay(winner);
    }
  }

  private void advance(int run) throws IOException {
    if (readers[run].next()) {
      long prefix = readers[run].prefix();
      prefixes[run] = order.descending() ? ~prefix : prefix;
    } else {
      prefixes[run] = DONE;
    }
  }

  /// Plays from a leaf to the top while the tree is being filled: whoever comes to an empty node
  /// waits there.
  private void enter(int run) {
    int winner = run;
    int node = (run + tree.length) >> 1;
    while (node > 0) {
      int other = tree[node];
      if (other < 0) {
        tree[node] = winner;
        return;
      }
      if (isBefore(other, winner)) {
        tree[node] = winner;
        winner = other;
      }
      node >>= 1;
    }
    tree[0] = winner;
  }

  /// Plays again from a leaf to the top.
  private void replay(int run) {
    int winner = run;
    for (int node = (run + tree.length) >> 1; node > 0; node >>= 1) {
      int other = tree[node];
      if (isBefore(other, winner)) {
        tree[node] = winner;
        winner = other;
      }
    }
    tree[0] = winner;
  }

  private boolean isBefore(int a, int b) {
    long one = prefixes[a];
    long other = prefixes[b];
    if (one != other) {
      return one < other;
    }
    return one == DONE ? a < b : isBeforeInFull(a, b);
  }

  private boolean isBeforeInFull(int a, int b) {
    int result = readers[a].compareKeys(readers[b]);
    if (result == 0 && order.distinct()) {
      result = readers[a].compareLines(readers[b]);
    }
    if (result == 0) {
      return a < b;
    }
    return order.descending() ? result > 0 : result < 0;
  }
}
