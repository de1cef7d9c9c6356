package org.pyparallel.job;

import java.time.Duration;

/// A run in numbers.
///
/// @param end how it ended
/// @param shards how many shards ran to an end, failed ones included
/// @param failedShards how many of them stopped early or had failing records
/// @param records how many records they held
/// @param failedRecords how many of those failed
/// @param failedTeardowns how many interpreters failed in the script's `teardown()`
/// @param inputBytes how many bytes of input they held; integers of a range have none
/// @param outputBytes how many bytes of results were written
/// @param workers how many interpreters were opened
/// @param wall from start to end
/// @param cpu CPU time of all workers
public record RunReport(
    End end,
    long shards,
    long failedShards,
    long records,
    long failedRecords,
    int failedTeardowns,
    long inputBytes,
    long outputBytes,
    int workers,
    Duration wall,
    Duration cpu) {
  /// How a run ended.
  public enum End {
    /// The whole input was worked through.
    COMPLETE,
    /// The user stopped it.
    INTERRUPTED,
    /// Whoever read standard output closed it.
    OUTPUT_CLOSED
  }

  /// Whether everything was worked through without an error.
  public boolean isClean() {
    return end == End.COMPLETE && failedShards == 0 && failedTeardowns == 0;
  }
}
