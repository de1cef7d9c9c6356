package org.pyparallel.job;

/// How large a shard is.
public sealed interface Sharding {
  /// Sized by the runner from the input's size and the number of workers.
  record Adaptive() implements Sharding {}

  /// About `bytes` bytes each, rounded up to whole records (`--block`); at least 1.
  record Block(long bytes) implements Sharding {}

  /// The input in `count` shards of about equal size (`--shards`); at least 1. Files only.
  record Count(long count) implements Sharding {}

  /// Exactly `records` records each, the last may have fewer (`-N`); at least 1.
  record Records(long records) implements Sharding {}
}
