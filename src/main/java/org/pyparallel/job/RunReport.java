package org.pyparallel.job;

import java.time.Duration;
import java.util.Optional;

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
/// @param retried how many times a shard was tried again
/// @param replayed how many of the shards were not run but taken from the journal
/// @param tiering what was decided about a runtime that compiles hot code; empty where the run was
///   to stay on one
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
    Duration cpu,
    long retried,
    long replayed,
    Optional<Tiering> tiering) {
  /// A run in which nothing was tried again, nor taken from a journal.
  public RunReport(
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
    this(
        end,
        shards,
        failedShards,
        records,
        failedRecords,
        failedTeardowns,
        inputBytes,
        outputBytes,
        workers,
        wall,
        cpu,
        0,
        0,
        Optional.empty());
  }

  /// How a run ended.
  public enum End {
    /// The whole input was worked through.
    COMPLETE,
    /// The user stopped it.
    INTERRUPTED,
    /// Whoever read standard output closed it.
    OUTPUT_CLOSED,
    /// Its time was over ([Limits#run]).
    TIME_LIMIT,
    /// It was told to end once the shards under way had.
    DRAINED,
    /// Too many shards failed ([Recovery#halt]).
    HALTED,
    /// As many shards ended as were asked for ([Recovery#halt]).
    ENOUGH
  }

  /// Whether what was written is what the user asked for, so that an output file may appear.
  public boolean isWhole() {
    return end == End.COMPLETE || end == End.ENOUGH;
  }

  /// Whether everything was worked through without an error.
  public boolean isClean() {
    return end == End.COMPLETE && failedShards == 0 && failedTeardowns == 0;
  }
}
