package org.pyparallel.job;

import java.time.Duration;

/// How long a shard may take.
public sealed interface TimeLimit {
  /// So long; positive.
  record Fixed(Duration time) implements TimeLimit {}

  /// So many percent of the median of what shards took before, by the byte (the integer, the item)
  /// of their input, since they differ in size; more than 100.
  record OfMedian(int percent) implements TimeLimit {}
}
