package org.pyparallel.pool;

import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.Slot;

/// A shard's way over the faster runtime, and back home where it fails there: nobody but the
/// runtime that the user knows decides what is a failure. For the thread that has the shard.
final class Detour {
  private final Run run;
  private boolean faster;
  private boolean confined;
  private boolean repeats;
  private @Nullable ShardResult doubtful;

  Detour(Run run) {
    this.run = run;
  }

  /// Where the next attempt is made.
  ///
  /// @param home whether it has to be at home
  /// @param rescued see [Interpreters#ready]
  Interpreter choose(Interpreters interpreters, boolean home, boolean rescued) {
    faster = !home && !rescued && !confined && interpreters.isMoved();
    return faster ? interpreters.faster() : interpreters.ready(rescued);
  }

  /// Whether the attempt is made, or was, on the faster runtime.
  boolean isTaken() {
    return faster;
  }

  /// Whether the attempt is only made because the one before does not count. Asked once for each.
  boolean isRepeat() {
    boolean repeat = repeats;
    repeats = false;
    return repeat;
  }

  /// Where the output of an attempt goes that is made there.
  ///
  /// @param held keeps it
  AttemptOutput output(HeldOutput held, ShardRun shard, Slot slot) {
    return run.exchange() == null
        ? held
        : new HeldPart(
            run.takers(shard.worker().number()), run.division(shard.shard(), slot), held);
  }

  /// Judges how an attempt has ended.
  ///
  /// @param spent whether its interpreter is of no more use
  /// @return whether it does not count, and is to be made again at home
  boolean isInVain(TierUp tierUp, Attempt ended, ShardResult result, boolean spent) {
    if (result instanceof ShardResult.Interrupted || run.isStopped()) {
      return false;
    }
    if (!faster) {
      compare(tierUp, result);
      return false;
    }
    if (ended.isCut()) {
      tierUp.refuse("a shard takes longer there than it may");
    } else if (spent) {
      tierUp.refuse("an interpreter broke down there");
    } else if (run.doubts().hasAbout(result)) {
      doubtful = result;
    } else {
      return false;
    }
    confined = true;
    repeats = true;
    return true;
  }

  private void compare(TierUp tierUp, ShardResult home) {
    ShardResult there = doubtful;
    if (there != null) {
      doubtful = null;
      String difference = run.doubts().difference(there, home);
      if (difference != null) {
        tierUp.refuse("the script fails there: " + difference);
      }
    }
  }
}
