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
public record ShardReport(
    Shard shard,
    ShardResult result,
    int worker,
    Duration start,
    Duration wall,
    Duration cpu,
    long outputBytes) {}
