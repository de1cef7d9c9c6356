package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;

/// Lets one worker give way to the one that goes ahead to the faster runtime.
///
/// That one takes two processors until it is warm, one of them for compilers: with one it takes
/// half as long again, which a job that moves cannot make up for. Used under the lock of [TierUp],
/// but for the waiting.
final class RightOfWay {
  private final boolean crowded;
  private final HeadStart headStart = HeadStart.ofMoving();
  private boolean wanted;

  /// @param crowded whether there is no processor left beside the workers
  RightOfWay(boolean crowded) {
    this.crowded = crowded;
  }

  /// Somebody goes ahead.
  void begin() {
    wanted = crowded;
  }

  /// What a worker waits for that may give way; null where it need not.
  @Nullable HeadStart give() {
    boolean gives = wanted;
    wanted = false;
    return gives ? headStart : null;
  }

  /// Whoever goes ahead has its interpreter.
  void opened() {
    headStart.opened();
  }

  /// Nobody waits any more.
  void end() {
    wanted = false;
    headStart.end();
  }
}
