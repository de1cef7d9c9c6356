package org.pyparallel.pool;

/// How much of the time at home goes into functions written in C, which compiling Python makes no
/// faster. Used under the lock of [TierUp].
///
/// Measured with CPython 3.14: 0 to 3 percent of the benchmark's jobs that GraalPy runs 3 to 20
/// times as fast; 8 to 26 of its sudoku, which GraalPy runs half as fast; 45 to 90 of JSON and
/// regular expressions.
final class NativeShare {
  /// How much, in percent, leaves too little to gain, and how much less there has to be later to
  /// think again.
  private static final int TOO_MUCH = 10;

  private static final int LITTLE = 6;

  private static final int UNKNOWN = -1;

  private int percent = UNKNOWN;
  private boolean wasTooMuch;

  /// A worker has learned of one of its shards.
  void add(int more) {
    percent = percent == UNKNOWN ? more : (percent + more) / 2;
  }

  int percent() {
    return percent;
  }

  /// Whether there is too much of it; not where nothing is known.
  boolean isTooMuch() {
    wasTooMuch = percent >= (wasTooMuch ? LITTLE : TOO_MUCH);
    return wasTooMuch;
  }
}
