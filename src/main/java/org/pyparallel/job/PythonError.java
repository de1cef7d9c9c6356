package org.pyparallel.job;

import java.util.List;

/// An exception of the user's script, as plain data.
///
/// @param record the record that failed, counted from 0 within its shard, or -1 where none is known
/// @param line the line of its source on which that record begins, counted from 0 within the shard,
///   or -1 where none is known
/// @param offset where that record begins, in bytes from the shard's start, or -1
/// @param type the exception's class name, with its module unless that is `builtins`
/// @param message `str()` of the exception, possibly empty
/// @param frames the user's frames, outermost first; none of the runner's own
/// @param traceback what Python would have printed, causes included, without the runner's frames;
///   several lines, no line end after the last
public record PythonError(
    long record,
    long line,
    long offset,
    String type,
    String message,
    List<Frame> frames,
    String traceback) {
  public PythonError {
    frames = List.copyOf(frames);
  }

  /// An error whose place in the input's bytes is not known.
  public PythonError(
      long record, String type, String message, List<Frame> frames, String traceback) {
    this(record, -1, -1, type, message, frames, traceback);
  }

  /// One line of a traceback.
  ///
  /// @param file the source file as Python names it
  /// @param line from 1, or 0 where unknown
  /// @param function the function's name, `<module>` at the top level
  /// @param source the line's text without indentation, possibly empty
  public record Frame(String file, int line, String function, String source) {}
}
