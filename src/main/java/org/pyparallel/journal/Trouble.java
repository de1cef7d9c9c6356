package org.pyparallel.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.pyparallel.job.PyParallelException;

/// What can go wrong with a journal, in words for the user.
final class Trouble {
  private Trouble() {}

  /// The journal could not be written on.
  static PyParallelException.OutputFailed unwritable(Path folder, IOException e) {
    return new PyParallelException.OutputFailed(
        "cannot write journal '"
            + folder
            + "': "
            + reason(e)
            + "; what it holds is intact: make room, then run the same command with --resume",
        e);
  }

  /// The journal, which could be read before, cannot any more.
  static PyParallelException.OutputFailed unreadable(Path folder, IOException e) {
    return new PyParallelException.OutputFailed(
        "cannot read journal '" + folder + "': " + reason(e), e);
  }

  /// The folder cannot be a journal's.
  static PyParallelException.Usage unusable(Path folder, String why) {
    return new PyParallelException.Usage("cannot use '" + folder + "' as a journal: " + why);
  }

  /// What went wrong, in the system's words, without the file's name.
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is a file, not a folder";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
