package org.pyparallel.pool;

/// How much of the time at home goes into functions written in C, which compiling Python makes no
/// faster. Used under the lock of [TierUp].
///
/// Measured with CPython 3.14, on the benchmark's jobs: 0 to 2 percent of those that GraalPy runs 3
/// to 25 times as fast, 35 to 60 and more of those that it runs more slowly.
final class NativeShare {
  /// How much, in percent, leaves too little to gain, and how much less there has to be later to
  /// think again.
  private static final int TOO_MUCH = 20;

  private static final int LITTLE = 10;

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
