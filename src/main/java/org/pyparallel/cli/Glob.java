package org.pyparallel.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.pyparallel.job.PyParallelException;

/// A file name pattern, as a shell with `globstar` knows it.
///
/// `*` and `?` stand for what they do in a shell, `**` for any number of folders, none included; at
/// the end it stands for every file below. Names that begin with a dot are only matched by a
/// pattern that does so too, and `**` does not follow symbolic links, so that it always ends.
final class Glob {
  private final Path directory;
  private final String pattern;
  private final List<String> parts = new ArrayList<>();
  private final TreeSet<Path> found = new TreeSet<>();

  /// @param directory what the pattern is relative to
  Glob(Path directory, String pattern) {
    this.directory = directory;
    this.pattern = pattern;
    for (int start = 0; start < pattern.length(); ) {
      int slash = pattern.indexOf('/', start);
      int end = slash < 0 ? pattern.length() : slash;
      if (end > start) {
        parts.add(pattern.substring(start, end));
      }
      start = end + 1;
    }
  }

  /// Whether the text has characters that are special in a pattern.
  static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// The regular files that match, by name, each once.
  ///
  /// @throws PyParallelException.Usage if the pattern is malformed or a folder cannot be read
  List<Path> files() {
    found.clear();
    match(pattern.startsWith("/") ? Path.of("/") : directory, 0);
    return List.copyOf(found);
  }

  private void match(Path base, int part) {
    if (part == parts.size()) {
      if (Files.isRegularFile(base)) {
        found.add(base);
      }
      return;
    }
    String name = parts.get(part);
    if (name.equals("**")) {
      anyDepth(base, part);
    } else if (!isPattern(name)) {
      Path next = base.resolve(name);
      if (Files.exists(next)) {
        match(next, part + 1);
      }
    } else {
      PathMatcher matcher = matcher(name);
      for (Path entry : entries(base)) {
        if (matcher.matches(entry.getFileName()) && isVisible(entry, name)) {
          match(entry, part + 1);
        }
      }
    }
  }

  private void anyDepth(Path base, int part) {
    boolean last = part == parts.size() - 1;
    if (!last) {
      match(base, part + 1);
    }
    for (Path entry : entries(base)) {
      if (!isVisible(entry, "**")) {
        continue;
      }
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        anyDepth(entry, part);
      } else if (last) {
        match(entry, part + 1);
      }
    }
  }

  private static boolean isVisible(Path entry, String name) {
    return name.startsWith(".") || !entry.getFileName().toString().startsWith(".");
  }

  private PathMatcher matcher(String name) {
    try {
      return directory.getFileSystem().getPathMatcher("glob:" + name);
    } catch (PatternSyntaxException e) {
      throw new PyParallelException.Usage(
          "no such input, and no proper pattern either: "
              + pattern
              + " ("
              + e.getDescription()
              + ")");
    }
  }

  private List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    String[] names = folder.toAbsolutePath().toFile().list();
    if (names == null) {
      throw new PyParallelException.Usage(
          "cannot read the folder " + folder + " for " + pattern + ": permission denied");
    }
    List<Path> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(folder.resolve(name));
    }
    return entries;
  }
}
