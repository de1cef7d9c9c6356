package org.pyparallel.interpreter;

import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// What a [FakeRuntime] does with a shard.
@FunctionalInterface
public interface FakeScript {
  /// Called on the thread of the interpreter's owner.
  ///
  /// @param bytes the shard's data
  /// @param output takes the results; once it says false, the shard counts as interrupted
  /// @throws InterruptedException when the interpreter is interrupted meanwhile, which interrupts
  ///   the calling thread
  ShardResult run(Shard shard, byte[] bytes, ShardOutput output) throws InterruptedException;
}
