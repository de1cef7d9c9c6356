package org.pyparallel.pool;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardCut;

/// Who takes the tail of a shard while it is worked on: whoever has nothing left to do; or its
/// worker itself, later, where the rest may run on another runtime. Made when the shard begins; any
/// thread.
final class TailTakers {
  private final @Nullable TailExchange exchange;
  private final @Nullable TierUp tierUp;
  private final int worker;
  private final long start = System.nanoTime();

  /// @param exchange null where shards are not divided
  /// @param tierUp null where there is one runtime
  /// @param worker who is at the shard
  TailTakers(@Nullable TailExchange exchange, @Nullable TierUp tierUp, int worker) {
    this.exchange = exchange;
    this.tierUp = tierUp;
    this.worker = worker;
  }

  /// Whether there is somebody; never waits.
  boolean isThereAny() {
    return exchange != null && (exchange.wanted() || isSliceOver());
  }

  /// Gives them a tail.
  ///
  /// @param tail opens the tail's slot; only called when somebody takes it
  /// @return whether somebody does
  boolean give(ShardCut cut, Supplier<TailExchange.Tail> tail) {
    if (exchange == null) {
      return false;
    }
    if (exchange.give(cut.millis(), tail)) {
      return true;
    }
    if (tierUp == null || !isSliceOver()) {
      return false;
    }
    tierUp.owe(worker, tail.get());
    return true;
  }

  /// See [org.pyparallel.interpreter.ShardOutput#sampled].
  boolean sampled(int percent) {
    return tierUp != null && tierUp.sampled(percent);
  }

  private boolean isSliceOver() {
    return tierUp != null && tierUp.isSliceOver(worker, System.nanoTime() - start);
  }
}
