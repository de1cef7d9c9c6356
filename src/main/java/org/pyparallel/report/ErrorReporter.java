package org.pyparallel.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.ShardData;

/// Prints the failures of a run: each kind once, with its traceback, and how many there were.
///
/// Two failures are of one kind when they have the same type and the same innermost line of the
/// user's code, or the same type and message where no user code was running. At most [#MAX_KINDS]
/// are shown. One thread at a time.
final class ErrorReporter {
  static final int MAX_KINDS = 20;

  /// A header keeps so much of a message; the traceback has all of it.
  static final int MAX_MESSAGE = 200;

  /// So many characters of a traceback are shown.
  static final int MAX_TRACEBACK = 16_000;

  private final Terminal terminal;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private long others;

  ErrorReporter(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints a failure, or counts it with its like.
  void failed(RunEvent.Failure failure) {
    if (isFirst(failure.error(), Math.max(1, failure.failedRecords()))) {
      print(failure);
    }
  }

  /// Prints the failure of a `teardown()`, or counts it with its like.
  void failed(RunEvent.TeardownFailed failure) {
    if (isFirst(failure.error(), 1)) {
      print("teardown() in worker " + failure.worker(), failure.error());
    }
  }

  /// Prints that a shard failed and is tried again: no traceback, since it is a failure only if the
  /// last attempt is one.
  void retried(RunEvent.ShardRetried retry) {
    terminal.line(
        "pyparallel: "
            + retry.shard().source()
            + ": shard "
            + retry.shard().index()
            + " failed at attempt "
            + retry.attempt()
            + " and is tried again: "
            + headline(retry.error()));
  }

  /// Prints why a script cannot be started.
  void scriptFailed(String script, PythonError error) {
    print("cannot start " + script, error);
  }

  /// Prints an error that has no place in the input, as Python would.
  private void failed(PythonError error) {
    terminal.line(error.traceback().isEmpty() ? summary(error) : traceback(error));
  }

  /// Prints the counts; further failures start anew.
  void end() {
    for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
      if (kind.getValue().more > 0) {
        terminal.line(
            "... and "
                + Quantity.count(kind.getValue().more)
                + " more like it ("
                + kind.getKey()
                + ")");
      }
    }
    if (others > 0) {
      terminal.line("... and " + Quantity.count(others) + " more of other kinds");
    }
    kinds.clear();
    others = 0;
  }

  /// Counts a failure, and says whether it is to be shown.
  private boolean isFirst(PythonError error, long count) {
    String name = kindOf(error);
    Kind known = kinds.get(name);
    if (known != null) {
      known.more += count;
    } else if (kinds.size() == MAX_KINDS) {
      others += count;
    } else {
      Kind kind = new Kind();
      kind.more = count - 1;
      kinds.put(name, kind);
      return true;
    }
    return false;
  }

  private void print(RunEvent.Failure failure) {
    PythonError error = failure.error();
    if (failure.shard().data() instanceof ShardData.Nothing) {
      failed(error); // the script ran as under Python itself: there is no input to point into
      return;
    }
    print(place(failure), error);
  }

  private void print(String place, PythonError error) {
    String header = "pyparallel: " + place + ": " + summary(error);
    boolean saysMore = !error.traceback().isEmpty() && !error.traceback().equals(headline(error));
    terminal.line(saysMore ? header + "\n" + traceback(error) : header);
  }

  /// Where it happened. The line is said where it is not the record's number, the byte counts from
  /// 0.
  private static String place(RunEvent.Failure failure) {
    long shard = failure.shard().index();
    boolean stopped = failure.failedRecords() == 0;
    StringBuilder place = new StringBuilder(failure.shard().source()).append(": ");
    boolean lineHelps = failure.line() >= 0 && failure.line() != failure.record();
    if (lineHelps) {
      place.append("line ").append(failure.line());
    }
    if (failure.offset() >= 0) {
      place.append(lineHelps ? ", " : "").append("byte ").append(failure.offset());
    }
    if (lineHelps || failure.offset() >= 0) {
      place.append(": ");
    }
    if (failure.record() >= 0) {
      place.append("record ").append(failure.record());
      return stopped
          ? place.append(", where shard ").append(shard).append(" stopped").toString()
          : place.append(" (shard ").append(shard).append(')').toString();
    }
    if (failure.error().record() >= 0) {
      place
          .append("record ")
          .append(failure.error().record() + 1)
          .append(" of shard ")
          .append(shard);
      return failure.offset() >= 0
          ? place.toString()
          : place.append(" (from byte ").append(failure.shard().offset()).append(')').toString();
    }
    place.append("shard ").append(shard);
    if (failure.shard().data() instanceof ShardData.FileRange range) {
      place
          .append(" (bytes ")
          .append(range.offset())
          .append(" to ")
          .append(range.offset() + range.length())
          .append(')');
    }
    return place.toString();
  }

  private String summary(PythonError error) {
    String type = error.type();
    return terminal.colour().red(type) + headline(error).substring(type.length());
  }

  /// Type and message on one line of limited length.
  private static String headline(PythonError error) {
    return error.message().isEmpty()
        ? error.type()
        : error.type() + ": " + firstLine(error.message());
  }

  private String traceback(PythonError error) {
    String all = shortened(error.traceback());
    if (terminal.colour() == Colour.NEVER) {
      return all;
    }
    StringBuilder text = new StringBuilder(all.length());
    int start = 0;
    while (start <= all.length()) {
      int lineFeed = all.indexOf('\n', start);
      int end = lineFeed < 0 ? all.length() : lineFeed;
      String line = all.substring(start, end);
      text.append(line.startsWith("  ") ? terminal.colour().dim(line) : line);
      if (lineFeed >= 0) {
        text.append('\n');
      }
      start = end + 1;
    }
    return text.toString();
  }

  /// Keeps the start and the end of what would fill screens: an exception's text may be a whole
  /// record.
  private static String shortened(String traceback) {
    int length = traceback.length();
    return length <= MAX_TRACEBACK
        ? traceback
        : traceback.substring(0, MAX_TRACEBACK / 2)
            + "\n... ("
            + Quantity.count(length - MAX_TRACEBACK)
            + " characters left out, which --json and --rejects have) ...\n"
            + traceback.substring(length - MAX_TRACEBACK / 2);
  }

  private static String kindOf(PythonError error) {
    if (error.frames().isEmpty()) {
      return headline(error);
    }
    PythonError.Frame innermost = error.frames().getLast();
    return error.type() + " at " + innermost.file() + ":" + innermost.line();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
  }

  private static final class Kind {
    private long more;
  }
}
