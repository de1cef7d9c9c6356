package org.pyparallel.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<Long, ShardReport> early = new HashMap<>();
  private long nextIndex;
  private @Nullable String source;

  /// Records of `source` before the shard `nextIndex`, or -1 where they are not known: one of its
  /// shards did not tell, and none since knew its place.
  private long before;

  /// Takes a completed shard.
  ///
  /// @return the failures that can be told now, in input order
  List<RunEvent.Failure> completed(ShardReport report) {
    List<RunEvent.Failure> failures = List.of();
    @Nullable ShardReport next = report;
    if (report.shard().index() != nextIndex) {
      early.put(report.shard().index(), report);
      next = null;
    }
    while (next != null) {
      long position = position(next.shard());
      failures = add(failures, next, position);
      advance(next.result(), position);
      next = early.remove(nextIndex);
    }
    return failures;
  }

  /// Gives up waiting.
  ///
  /// @return the failures left, in input order
  List<RunEvent.Failure> rest() {
    List<RunEvent.Failure> failures = List.of();
    for (ShardReport report : new TreeMap<>(early).values()) {
      failures = add(failures, report, report.shard().firstRecord());
    }
    early.clear();
    return failures;
  }

  private long position(Shard shard) {
    if (shard.offset() == 0 || !Objects.equals(source, shard.source())) {
      source = shard.source();
      before = 0;
    }
    return shard.firstRecord() >= 0 ? shard.firstRecord() : before;
  }

  private void advance(ShardResult result, long position) {
    nextIndex++;
    before = position < 0 || result.records() == 0 ? -1 : position + result.records();
  }

  private static List<RunEvent.Failure> add(
      List<RunEvent.Failure> failures, ShardReport report, long before) {
    List<PythonError> errors = report.result().errors();
    if (errors.isEmpty()) {
      return failures;
    }
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
