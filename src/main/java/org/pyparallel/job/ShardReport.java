package org.pyparallel.job;

import java.time.Duration;

/// What became of one shard.
///
/// @param shard the shard
/// @param result how it ended
/// @param worker who ran it, from 0
/// @param start when, since the start of the run
/// @param wall how long
/// @param cpu the worker thread's CPU time, or zero where the platform does not tell
/// @param outputBytes how much it wrote
/// @param tail whether it is the tail of another shard, taken over from its worker; its index is
///   that of the other one
/// @param tailOffset where the tail begins that was given away of this one and comes right behind
///   it, see [Shard#offset]; -1 for none
/// @param attempts how many times it was tried, at least 1; 0 where it was not run but taken from
///   the journal
public record ShardReport(
    Shard shard,
    ShardResult result,
    int worker,
    Duration start,
    Duration wall,
    Duration cpu,
    long outputBytes,
    boolean tail,
    long tailOffset,
    int attempts) {
  /// A shard that was worked on as a whole.
  public ShardReport(
      Shard shard,
      ShardResult result,
      int worker,
      Duration start,
      Duration wall,
      Duration cpu,
      long outputBytes) {
    this(shard, result, worker, start, wall, cpu, outputBytes, false, -1, 1);
  }

  /// Whether it was taken from the journal of an earlier run.
  public boolean isReplayed() {
    return attempts == 0;
  }

  /// Whether it is a part of what the source handed out.
  public boolean isDivided() {
    return tail || tailOffset >= 0;
  }
}
