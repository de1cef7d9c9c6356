package org.pyparallel.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// What went wrong with a file, in words: Java's own messages often are no more than its name.
final class FileProblem {
  private FileProblem() {}

  /// The reason without the name, to follow a colon.
  static String of(IOException problem) {
    return switch (problem) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "not UTF-8 text";
      case FileSystemException e when e.getReason() != null ->
          e.getReason().substring(0, 1).toLowerCase(Locale.ROOT) + e.getReason().substring(1);
      default -> {
        String message = problem.getMessage();
        yield message == null ? problem.getClass().getSimpleName() : message;
      }
    };
  }
}
