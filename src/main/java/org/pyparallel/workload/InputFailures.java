package org.pyparallel.workload;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
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
