package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.merge.ClosedOutputException;

/// Where bytes end up.
sealed interface Destination extends AutoCloseable permits StreamDestination, AtomicFile {
  /// What becomes of a file whose writing was not brought to its end.
  enum Unfinished {
    /// It is taken back: half the results could be mistaken for all of them.
    DISCARDED,
    /// What was written can be seen, if anything was: it would be lost else.
    KEPT
  }

  /// As many links as Linux follows.
  int MAX_LINKS = 40;

  /// Writes all bytes between position and limit; the writer's thread.
  ///
  /// @throws ClosedOutputException if whoever read them closed their end
  /// @throws PyParallelException.OutputFailed if they cannot be written
  void write(ByteBuffer bytes) throws ClosedOutputException;

  /// Everything was written and shall be seen; the writer's thread.
  ///
  /// @throws PyParallelException.OutputFailed if that is not possible
  void commit();

  /// Frees it; of what was not committed becomes what was said on opening, where possible.
  /// Idempotent; any thread.
  @Override
  void close();

  /// Opens a file that is discarded unless it is committed, or standard output for null. See below.
  static Destination open(@Nullable Path file, WritableByteChannel stdout) {
    return file == null
        ? StreamDestination.standardOutput(stdout)
        : open(file, Unfinished.DISCARDED);
  }

  /// Opens a file.
  ///
  /// Links are followed. A regular file is replaced as a whole, a device or a pipe is written
  /// directly; a pipe may keep its opener waiting for a reader.
  ///
  /// @throws PyParallelException.Usage if it cannot be written
  static Destination open(Path file, Unfinished unfinished) {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (target.startsWith("/proc")) {
        return StreamDestination.open(file); // /dev/stdout and its kin: an open file, not a name
      }
      if (links == MAX_LINKS) {
        throw unwritable(file, "its symbolic links go round in a circle");
      }
      target = linked(file, target);
    }
    if (Files.isDirectory(target)) {
      throw unwritable(file, "it is a directory; name a file in it");
    }
    boolean present = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (present && !Files.isWritable(target)) {
      throw unwritable(file, "no permission to write it");
    }
    return present && !Files.isRegularFile(target)
        ? StreamDestination.open(file)
        : AtomicFile.create(file, target, present, unfinished);
  }

  private static Path linked(Path file, Path link) {
    try {
      return link.resolveSibling(Files.readSymbolicLink(link));
    } catch (IOException e) {
      throw unwritable(file, reason(e));
    }
  }

  /// The message for a file that cannot be opened.
  static PyParallelException.Usage unwritable(Path file, String why) {
    return new PyParallelException.Usage("cannot write output file '" + file + "': " + why);
  }

  /// What went wrong, in the system's words, without the file's name.
  static String reason(IOException e) {
    String reason =
        e instanceof java.nio.file.FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null || reason.isEmpty() ? e.getClass().getSimpleName() : reason;
  }
}
