package org.pyparallel.pool;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.merge.MergeStage;
import org.pyparallel.workload.ShardSource;

/// Where workers get their shards: one at a time from the source, and only while there is room for
/// one more in the merge stage and in memory.
final class Admission {
  private final ShardSource source;
  private final MergeStage merge;
  private final @Nullable MemoryWatch memory;
  private final Ending ending;
  private final Tally tally;

  /// Held while the source is asked, which lets one worker at a time in anyway, so that what broke
  /// is told in the order of the input.
  private final ReentrantLock asking = new ReentrantLock();

  private volatile boolean ended;

  /// @param memory null unless it is limited
  /// @param ending told when all shards have been taken, and of sources that break off
  Admission(
      ShardSource source,
      MergeStage merge,
      @Nullable MemoryWatch memory,
      Ending ending,
      Tally tally) {
    this.source = source;
    this.merge = merge;
    this.memory = memory;
    this.ending = ending;
    this.tally = tally;
  }

  /// Waits until one more shard may be taken. Whoever then gets none calls [#decline], and else
  /// [#left] once it is done with the shard.
  ///
  /// @return false where no shard is to be taken any more
  boolean enter() {
    if (memory != null) {
      memory.admit();
    }
    return merge.admit();
  }

  /// The next shard, or null when there is none. A source that breaks off is told of and passed:
  /// what was read before and what comes behind it is worked through, and then the run fails.
  @Nullable Shard next() {
    asking.lock();
    try {
      while (!ended) {
        try {
          Shard shard = source.next();
          if (shard == null && !ended) {
            ending.exhausted();
          }
          return shard;
        } catch (PyParallelException.InputFailed e) {
          ending.inputBroke(e);
          tally.tell(new RunEvent.InputBroke(e, source.goesOn()));
        }
      }
      return null;
    } finally {
      asking.unlock();
    }
  }

  /// There was no shard.
  void decline() {
    merge.decline();
    left();
  }

  /// A shard that was taken is done with.
  void left() {
    if (memory != null) {
      memory.left();
    }
  }

  /// No further shard is handed out, and nobody waits for one. Any thread.
  void end() {
    ended = true;
    source.close();
    if (memory != null) {
      memory.release();
    }
  }
}
