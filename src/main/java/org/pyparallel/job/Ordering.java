package org.pyparallel.job;

/// The order in which the shards' results are written. Within a shard they are always in order.
public enum Ordering {
  /// As the records stand in the input.
  INPUT,
  /// As the shards complete.
  COMPLETION,
  /// As whole lines come, whichever shard they come from (`--line-buffer`).
  LINES
}
