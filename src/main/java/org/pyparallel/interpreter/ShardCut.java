package org.pyparallel.interpreter;

/// Where a shard that is being worked on can be cut in two, in front of a record that was not read
/// yet.
///
/// @param records how many records of the shard come before the cut, at least 1
/// @param lines how many line feeds do; 0 where lines mean nothing
/// @param offset how many of its bytes do (integers of a range), at least 1 and less than it has
/// @param millis about how long all that is unread would take, before the cut and behind it
public record ShardCut(long records, long lines, long offset, long millis) {}
