package org.pyparallel.job;

import java.util.List;

/// How a shard ended. Its output went to the merge stage on its own way.
public sealed interface ShardResult {
  /// How many records the shard holds, whether or not they were all reached; 0 where they cannot be
  /// counted (the script read the bytes itself).
  long records();

  /// How many lines of its source the shard holds: line feeds, and a last line without one; 0 where
  /// they were not counted.
  long lines();

  /// How many records failed, of which `errors` holds the first ones.
  long failedRecords();

  /// The errors in the order they happened; bounded in number, see `failedRecords` for the count.
  List<PythonError> errors();

  /// The script saw the whole shard; single records may have failed on the way.
  record Finished(long records, long lines, long failedRecords, List<PythonError> errors)
      implements ShardResult {
    public Finished {
      errors = List.copyOf(errors);
    }

    /// A shard in which lines are records.
    public Finished(long records, long failedRecords, List<PythonError> errors) {
      this(records, records, failedRecords, errors);
    }
  }

  /// The shard stopped before its end; the last of `errors` says why.
  record Failed(long records, long lines, long failedRecords, List<PythonError> errors)
      implements ShardResult {
    public Failed {
      errors = List.copyOf(errors);
    }

    /// A shard in which lines are records.
    public Failed(long records, long failedRecords, List<PythonError> errors) {
      this(records, records, failedRecords, errors);
    }
  }

  /// The run was stopped while the shard was being worked on.
  record Interrupted() implements ShardResult {
    @Override
    public long records() {
      return 0;
    }

    @Override
    public long lines() {
      return 0;
    }

    @Override
    public long failedRecords() {
      return 0;
    }

    @Override
    public List<PythonError> errors() {
      return List.of();
    }
  }
}
