package org.pyparallel.pool;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What failed on one Python may not fail on another: a module that is missing there, a syntax that
/// is too new. The first failure of each type is held against what becomes of the same shard at
/// home; if that fails in the same way, that type is believed from then on. Safe for use by several
/// threads.
final class Doubts {
  // Guarded by this.
  private final Set<String> believed = new HashSet<>();

  /// Whether a shard must be run at home because of how it ended.
  synchronized boolean hasAbout(ShardResult result) {
    for (PythonError error : result.errors()) {
      if (!believed.contains(error.type())) {
        return true;
      }
    }
    return false;
  }

  /// Holds a shard that failed against the same one at home.
  ///
  /// @return how they differ, one line; null where they fail in the same way
  synchronized @Nullable String difference(ShardResult there, ShardResult home) {
    if (there.records() == home.records()
        && there.failedRecords() == home.failedRecords()
        && isSame(there.errors(), home.errors())) {
      for (PythonError error : home.errors()) {
        believed.add(error.type());
      }
      return null;
    }
    return line(there.errors().getFirst());
  }

  /// What happened, on one line.
  static String line(PythonError error) {
    String message = error.message();
    int end = message.indexOf('\n');
    return error.type() + ": " + (end < 0 ? message : message.substring(0, end));
  }

  /// Whether these are of the same records and types; messages may be worded in other ways.
  private static boolean isSame(List<PythonError> some, List<PythonError> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      PythonError one = some.get(i);
      PythonError other = others.get(i);
      if (one.record() != other.record() || !one.type().equals(other.type())) {
        return false;
      }
    }
    return true;
  }
}
