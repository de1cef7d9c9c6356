package org.pyparallel.pool;

/// What is left of the machine beside the workers, for the compilers of a runtime that has them:
/// they take about one processor until all hot code is compiled.
enum Room {
  /// There are more processors than workers.
  PLENTY,
  /// There are no more processors than workers.
  CROWDED,
  /// The same, and there are so few that one is a good part of them.
  NARROW;

  private static final int FEW = 3;

  static Room of(int workers, int processors) {
    if (workers < processors) {
      return PLENTY;
    }
    return processors > FEW ? CROWDED : NARROW;
  }
}
