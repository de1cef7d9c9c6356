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

/// Finds out which record of its source a failing record is and on which line it begins, and puts
/// failures in input order.
///
/// A shard that was cut by byte range does not know how many records and lines come before it.
/// Counting them would mean reading the file again; instead the counts of the shards before it are
/// added up as they complete, and a failure waits for them. What waits is small: one count per
/// shard that completed before a slower one, which the merge stage's window bounds when results are
/// in input order.
///
/// A shard that gave a tail away is followed by it, and only the last of its tails by the shard
/// with the next number.
///
/// Not thread-safe.
final class FailureNumbering {
  private final Map<Place, Completed> early = new HashMap<>();
  private Place next = new Place(0, Place.HEAD);
  private @Nullable String source;

  /// What comes before the shard at `next` in `source`.
  private Count before = Count.UNKNOWN;

  /// Where a shard stands among all.
  ///
  /// @param offset where it begins, for a tail; else [#HEAD]
  private record Place(long index, long offset) implements Comparable<Place> {
    static final long HEAD = -1;

    static Place of(ShardReport report) {
      return new Place(report.shard().index(), report.tail() ? report.shard().offset() : HEAD);
    }

    /// The place of what comes behind a shard with a tail at `tailOffset`, which may be -1 for
    /// none.
    Place following(long tailOffset) {
      return tailOffset < 0 ? new Place(index + 1, HEAD) : new Place(index, tailOffset);
    }

    // The ones that a record has by itself cost each start 10 ms: code for them is made then.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place place && place.index == index && place.offset == offset;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * index + offset);
    }

    @Override
    public int compareTo(Place other) {
      int order = Long.compare(index, other.index);
      return order != 0 ? order : Long.compare(offset, other.offset);
    }
  }

  /// Records and lines, or -1 each once one of the source's shards did not tell.
  private record Count(long records, long lines) {
    static final Count NONE = new Count(0, 0);
    static final Count UNKNOWN = new Count(-1, -1);

    Count plus(Count more) {
      return new Count(sum(records, more.records), sum(lines, more.lines));
    }

    private static long sum(long before, long more) {
      return before < 0 || more == 0 ? -1 : before + more;
    }
  }

  /// What is kept of a completed shard.
  ///
  /// @param failed the whole report, which holds the shard's data, only where there are errors
  private record Completed(
      String source, Count first, Count held, long tailOffset, @Nullable ShardReport failed) {
    static Completed of(ShardReport report) {
      Shard shard = report.shard();
      boolean clean = report.result().errors().isEmpty();
      // At the start there is none before it: the source may be a file that is named twice.
      Count first =
          shard.offset() == 0 ? Count.NONE : new Count(shard.firstRecord(), shard.firstLine());
      Count held = new Count(report.result().records(), report.result().lines());
      return new Completed(shard.source(), first, held, report.tailOffset(), clean ? null : report);
    }
  }

  /// Takes a completed shard.
  ///
  /// @return the failures that can be told now, in input order
  List<RunEvent.Failure> completed(ShardReport report) {
    List<RunEvent.Failure> failures = List.of();
    early.put(Place.of(report), Completed.of(report));
    Completed completed;
    while ((completed = early.remove(next)) != null) {
      Count position = position(completed);
      failures = add(failures, completed.failed(), position);
      next = next.following(completed.tailOffset());
      before = position.plus(completed.held());
    }
    return failures;
  }

  /// Gives up waiting.
  ///
  /// @return the failures left, in input order
  List<RunEvent.Failure> rest() {
    List<RunEvent.Failure> failures = List.of();
    for (Completed completed : new TreeMap<>(early).values()) {
      failures = add(failures, completed.failed(), completed.first());
    }
    early.clear();
    return failures;
  }

  private Count position(Completed completed) {
    if (!completed.source().equals(source)) {
      source = completed.source();
      before = Count.NONE;
    }
    Count first = completed.first();
    return new Count(
        first.records() >= 0 ? first.records() : before.records(),
        first.lines() >= 0 ? first.lines() : before.lines());
  }

  private static List<RunEvent.Failure> add(
      List<RunEvent.Failure> failures, @Nullable ShardReport report, Count before) {
    if (report == null) {
      return failures;
    }
    List<PythonError> errors = report.result().errors();
    List<RunEvent.Failure> longer = new ArrayList<>(failures);
    boolean lastIsShard = report.result() instanceof ShardResult.Failed;
    int recordErrors = lastIsShard ? errors.size() - 1 : errors.size();
    for (int i = 0; i < errors.size(); i++) {
      PythonError error = errors.get(i);
      long record = number(before.records(), error.record());
      long line = number(before.lines(), error.line());
      long count;
      if (i >= recordErrors) {
        count = 0;
      } else if (i == recordErrors - 1) {
        count = 1 + report.result().failedRecords() - recordErrors;
      } else {
        count = 1;
      }
      longer.add(new RunEvent.Failure(report.shard(), record, line, error, count));
    }
    return longer;
  }

  /// The number from 1 of what is `within` from 0 in its shard.
  private static long number(long before, long within) {
    return within < 0 || before < 0 ? -1 : before + within + 1;
  }
}
