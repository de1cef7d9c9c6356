package org.pyparallel.job;

import java.util.OptionalLong;

/// What a run tells its listeners. Events come from several threads, one at a time.
public sealed interface RunEvent {
  /// The run begins.
  ///
  /// @param totalBytes the size of the input (in items where [Format#isCounted]), or empty where it
  ///   is not known
  record Started(RunPlan plan, OptionalLong totalBytes) implements RunEvent {}

  /// A worker took a shard.
  record ShardStarted(Shard shard, int worker) implements RunEvent {}

  /// A shard ended, in order of completion.
  record ShardEnded(ShardReport report) implements RunEvent {}

  /// A record or a shard failed. In input order; `record` is the number within the source.
  ///
  /// @param shard where it happened
  /// @param record the record's number in its source, from 1, or -1 where none is known
  /// @param line the number of the line it begins on, from 1, or -1 where none is known
  /// @param error what happened
  /// @param failedRecords how many records this one stands for (at least 1; more where a shard had
  ///   more errors than it kept), 0 for an error of the shard as a whole
  record Failure(Shard shard, long record, long line, PythonError error, long failedRecords)
      implements RunEvent {
    /// A failure whose line is not known.
    public Failure(Shard shard, long record, PythonError error, long failedRecords) {
      this(shard, record, -1, error, failedRecords);
    }

    /// Where the record begins in its source, in bytes, or -1 where that is not known.
    public long offset() {
      return error.offset() < 0 ? -1 : shard.offset() + error.offset();
    }
  }

  /// A source of the input could not be read to its end; the run works through the others, and then
  /// fails.
  ///
  /// @param goesOn whether there are others
  record InputBroke(PyParallelException.InputFailed failure, boolean goesOn) implements RunEvent {}

  /// The script's `teardown()` raised in one interpreter, after its last shard.
  record TeardownFailed(int worker, PythonError error) implements RunEvent {}

  /// A shard failed, and is tried again.
  ///
  /// @param attempt which attempt failed, from 1
  /// @param error why
  record ShardRetried(Shard shard, int attempt, PythonError error) implements RunEvent {}

  /// Something the user should know that is no failure of the script's: a worker that was replaced,
  /// another runtime that is used, what a journal holds.
  ///
  /// @param text one line, or several where each but the first is indented; without a line feed at
  ///   its end
  /// @param detail whether only those who ask for details need it (`-v`)
  record Notice(String text, boolean detail) implements RunEvent {}

  /// The script wrote to its standard error: whole lines where it wrote whole lines.
  record Diagnostics(String text) implements RunEvent {}

  /// Nothing further comes.
  record Ended(RunReport report) implements RunEvent {}
}
