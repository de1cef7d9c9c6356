package org.pyparallel.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Finds out which record of its source a failing record is, and puts failures in input order.
///
/// A shard that was cut by byte range does not know how many records come before it. Counting them
/// would mean reading the file again; instead the counts of the shards before it are added up as
/// they complete, and a failure waits for them. What waits is small: one count per shard that
/// completed before a slower one, which the merge stage's window bounds when results are in input
/// order.
///
/// Not thread-safe.
final class FailureNumbering {
  private final Map<Long, Completed> early = new HashMap<>();
  private long nextIndex;
  private @Nullable String source;

  /// Records of `source` before the shard `nextIndex`, or -1 once one of its shards did not tell.
  private long before;

  /// What is kept of a completed shard.
  ///
  /// @param failed the whole report, which holds the shard's data, only where there are errors
  private record Completed(
      String source, long firstRecord, long records, @Nullable ShardReport failed) {
    static Completed of(ShardReport report) {
      Shard shard = report.shard();
      boolean clean = report.result().errors().isEmpty();
      // At the start there is none before it: the source may be a file that is named twice.
      long firstRecord = shard.offset() == 0 ? 0 : shard.firstRecord();
      return new Completed(
          shard.source(), firstRecord, report.result().records(), clean ? null : report);
    }
  }

  /// Takes a completed shard.
  ///
  /// @return the failures that can be told now, in input order
  List<RunEvent.Failure> completed(ShardReport report) {
    List<RunEvent.Failure> failures = List.of();
    @Nullable Completed next = Completed.of(report);
    if (report.shard().index() != nextIndex) {
      early.put(report.shard().index(), next);
      next = null;
    }
    while (next != null) {
      long position = position(next);
      failures = add(failures, next.failed(), position);
      nextIndex++;
      before = position < 0 || next.records() == 0 ? -1 : position + next.records();
      next = early.remove(nextIndex);
    }
    return failures;
  }

  /// Gives up waiting.
  ///
  /// @return the failures left, in input order
  List<RunEvent.Failure> rest() {
    List<RunEvent.Failure> failures = List.of();
    for (Completed completed : new TreeMap<>(early).values()) {
      failures = add(failures, completed.failed(), completed.firstRecord());
    }
    early.clear();
    return failures;
  }

  private long position(Completed completed) {
    if (!completed.source().equals(source)) {
      source = completed.source();
      before = 0;
    }
    return completed.firstRecord() >= 0 ? completed.firstRecord() : before;
  }

  private static List<RunEvent.Failure> add(
      List<RunEvent.Failure> failures, @Nullable ShardReport report, long before) {
    if (report == null) {
      return failures;
    }
    List<PythonError> errors = report.result().errors();
    List<RunEvent.Failure> longer = new ArrayList<>(failures);
    boolean lastIsShard = report.result() instanceof ShardResult.Failed;
    int recordErrors = lastIsShard ? errors.size() - 1 : errors.size();
    for (int i = 0; i < errors.size(); i++) {
      PythonError error = errors.get(i);
      long record = error.record() < 0 || before < 0 ? -1 : before + error.record() + 1;
      long count;
      if (i >= recordErrors) {
        count = 0;
      } else if (i == recordErrors - 1) {
        count = 1 + report.result().failedRecords() - recordErrors;
      } else {
        count = 1;
      }
      longer.add(new RunEvent.Failure(report.shard(), record, error, count));
    }
    return longer;
  }
}
