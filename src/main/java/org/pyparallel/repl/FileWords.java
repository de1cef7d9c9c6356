package org.pyparallel.repl;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Completes the names of files.
final class FileWords {
  /// No more than so many entries of a folder are looked at.
  private static final int MOST = 1000;

  private final Path directory;
  private final String home;

  /// @param directory what names are relative to
  /// @param home what `~` stands for, or empty
  FileWords(Path directory, String home) {
    this.directory = directory;
    this.home = home;
  }

  /// The files and folders whose names begin so.
  ///
  /// @param closing what follows the name of a file; folders end with a slash
  List<Completions.Word> of(String typed, String closing) {
    int slash = typed.lastIndexOf('/') + 1;
    String folder = typed.substring(0, slash);
    String beginning = typed.substring(slash);
    List<Completions.Word> words = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path(folder))) {
      int seen = 0;
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (++seen > MOST) {
          break;
        }
        boolean hidden = name.startsWith(".") && !beginning.startsWith(".");
        if (name.startsWith(beginning) && !hidden) {
          boolean isFolder = Files.isDirectory(file);
          words.add(new Completions.Word(folder + name, "file", isFolder ? "/" : closing));
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException _) {
      // no such folder: nothing to offer
    }
    words.sort(Comparator.comparing(Completions.Word::text));
    return words;
  }

  private Path path(String folder) {
    if (folder.startsWith("~/") && !home.isEmpty()) {
      return Path.of(home).resolve(folder.substring(2));
    }
    return directory.resolve(folder);
  }
}
