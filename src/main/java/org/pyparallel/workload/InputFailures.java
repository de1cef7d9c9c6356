package org.pyparallel.workload;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.pyparallel.job.PyParallelException.InputFailed;

/// What users are told when an input cannot be read: which one, why, and what to do.
final class InputFailures {
  /// The reason of a [FileSystemException] that says a folder was given for a file.
  static final String A_FOLDER = "it is a folder";

  private InputFailures() {}

  /// A file that cannot be opened or searched.
  static InputFailed cannotRead(String name, IOException cause) {
    return new InputFailed("cannot read " + name + ": " + reasonAndRemedy(cause), cause);
  }

  /// A stream that broke.
  ///
  /// @param position how many bytes were read before
  static InputFailed streamBroke(String name, long position, Throwable cause) {
    if (cause instanceof CompressedInput.CompressedFileException) {
      return new InputFailed("cannot read " + name + ": " + cause.getMessage(), cause);
    }
    String where = position == 0 ? "" : String.format(Locale.ROOT, " on after byte %,d", position);
    String what =
        switch (cause) {
          case IOException e -> reasonAndRemedy(e);
          case OutOfMemoryError _ ->
              "the next shard does not fit into memory; check --format and -N, or give the input as"
                  + " a file";
          case Throwable e -> e + "; check what writes it";
        };
    return new InputFailed("cannot read " + name + where + ": " + what, cause);
  }

  /// A source that ended where its format does not allow it.
  ///
  /// @param position its size in bytes
  /// @param what is not as it should be
  static InputFailed endsEarly(String name, long position, String what) {
    String message =
        String.format(
            Locale.ROOT,
            "%s ends after byte %,d, but %s; check whether it is cut off",
            name,
            position,
            what);
    return new InputFailed(message, new EOFException(what));
  }

  /// A table without the column that records are to be grouped by.
  ///
  /// @param columns those it has, as users are shown them
  static InputFailed noColumn(String name, String column, String columns) {
    String message =
        "cannot group the rows of " + name + " by " + column + ": its columns are " + columns;
    return new InputFailed(message, new NoSuchElementException(column));
  }

  /// A record, or a group of them, that has to be looked at as a whole.
  ///
  /// @param position where the shard begins that it belongs to
  static InputFailed recordTooLarge(String name, long position, OutOfMemoryError cause) {
    String message =
        String.format(
            Locale.ROOT,
            "cannot read %s on after byte %,d: a record does not fit into memory; check --format"
                + " and where its records end",
            name,
            position);
    return new InputFailed(message, cause);
  }

  /// A line on which a regular expression goes too deep.
  ///
  /// @param length of the line in bytes
  static InputFailed patternOverflowed(int length, Throwable cause) {
    String message =
        String.format(
            Locale.ROOT,
            "the pattern for the start of a record goes too deep on a line of %,d bytes; repeat"
                + " classes instead of groups, such as [ab]* for (a|b)*",
            length);
    return new InputFailed(message, cause);
  }

  private static String reasonAndRemedy(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "no such file; check the name and the working directory";
      case AccessDeniedException _ -> "permission denied; check who may read it";
      case FileSystemException e when A_FOLDER.equals(e.getReason()) ->
          A_FOLDER + "; name the files in it, or give their names with --format files";
      case FileSystemException e when e.getReason() != null ->
          e.getReason() + "; check the file and the disk it is on";
      case IOException e when e.getMessage() != null ->
          e.getMessage() + "; check what it is read from";
      case IOException e -> e + "; check what it is read from";
    };
  }
}
