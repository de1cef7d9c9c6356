package org.pyparallel.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// The folder of a journal, locked for this run.
///
/// @param path as the user named it
/// @param lock held until it is closed
record JournalFolder(Path path, FileChannel lock) implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String PREFIX = "shards-";
  private static final String DATA = ".data";
  private static final String INDEX = ".index";

  /// Two files that belong together.
  ///
  /// @param number from 0; higher ones are later
  record Pair(long number, Path data, Path index) {}

  /// Makes the folder if need be, and locks it.
  ///
  /// @throws PyParallelException.Usage if another run uses it, it holds something else than a
  ///   journal, or cannot be made
  static JournalFolder open(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      refuseForeign(path);
      return new JournalFolder(path, locked(path));
    } catch (IOException e) {
      throw Trouble.unusable(path, Trouble.reason(e));
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    if (Files.exists(path.resolve(Header.FILE))) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (!name.equals(LOCK) && !name.equals(Header.PART) && number(name) < 0) {
          throw Trouble.unusable(
              path, "there are other files in it, such as '" + name + "'; name a new folder");
        }
      }
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // as when another process has it
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw Trouble.unusable(
          path, "another run is using it; wait for its end, or name another folder");
    }
    return channel;
  }

  /// Whether a run has left something to resume here.
  boolean hasHeader() {
    return Files.exists(path.resolve(Header.FILE));
  }

  /// All pairs, the earliest first. Of one of which only one file exists, the other is named too.
  List<Pair> pairs() throws IOException {
    Set<Long> numbers = new TreeSet<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        long number = number(file.getFileName().toString());
        if (number >= 0) {
          numbers.add(number);
        }
      }
    }
    return numbers.stream().map(this::pair).toList();
  }

  Pair pair(long number) {
    String name = PREFIX + number;
    return new Pair(number, path.resolve(name + DATA), path.resolve(name + INDEX));
  }

  /// The number in the name of one of our files, or -1.
  private static long number(String name) {
    String end = name.endsWith(DATA) ? DATA : INDEX;
    if (!name.startsWith(PREFIX) || !name.endsWith(end)) {
      return -1;
    }
    String digits = name.substring(PREFIX.length(), name.length() - end.length());
    try {
      long number = Long.parseLong(digits);
      return Long.toString(number).equals(digits) ? number : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// Makes sure that the names of new files are on the disk, where the system lets us.
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // Not every system lets a folder be opened; those that do not need not be asked.
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException _) {
      // The process's end will free it.
    }
  }
}
