package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardOutput;

/// Where the output of one attempt at a shard goes, which may be cut short by other threads.
///
/// The methods of [ShardOutput] are the attempt's own; once [#refuse] was called they say that
/// nobody wants anything any more, however late they are called: whoever is stuck in a C function
/// may come back at any time.
interface AttemptOutput extends ShardOutput {
  /// Takes nothing more, and lets go whoever waits. Any thread; returns at once.
  void refuse();

  /// How long the attempt has waited for whoever takes its output, in nanoseconds: that is no fault
  /// of the script's. Any thread.
  long waitedNanos();

  /// What was held back; null where nothing is.
  default @Nullable HeldOutput held() {
    return null;
  }

  /// What has become of the shard; null where it is as it was. For the attempt's owner.
  default @Nullable Division division() {
    return null;
  }

  /// Frees what is held. Idempotent; any thread, after the attempt has ended or been given up.
  void drop();
}
