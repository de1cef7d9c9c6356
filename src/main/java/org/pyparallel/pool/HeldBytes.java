package org.pyparallel.pool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.OutputFailed;

/// Bytes that are held back: in memory up to [#MEMORY_BYTES], then all of them in a temporary file.
/// Where the system allows it that has no name once it is open, so that it goes with the process
/// however it ends. Not thread-safe.
///
/// The file is no channel: interrupting a script may interrupt its thread, and that would close a
/// channel in the middle of a write.
final class HeldBytes {
  static final int MEMORY_BYTES = 1 << 20;

  private static final int COPY_BYTES = 256 << 10;

  private final Path folder;
  private @Nullable ByteArrayOutputStream memory;
  private @Nullable RandomAccessFile file;

  /// The file's name, where it still has one.
  private @Nullable Path name;

  /// @param folder for the temporary file
  HeldBytes(Path folder) {
    this.folder = folder;
  }

  /// Takes what is between position and limit, which stay as they are.
  ///
  /// @throws OutputFailed if there is no room for it
  void add(ByteBuffer chunk) {
    if (file == null && size() + chunk.remaining() <= MEMORY_BYTES) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(chunk.position(), copy);
      memory().writeBytes(copy);
      return;
    }
    try {
      RandomAccessFile open = file();
      byte[] piece = new byte[Math.min(COPY_BYTES, chunk.remaining())];
      ByteBuffer rest = chunk.duplicate();
      while (rest.hasRemaining()) {
        int count = Math.min(piece.length, rest.remaining());
        rest.get(piece, 0, count);
        open.write(piece, 0, count);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private int size() {
    return memory == null ? 0 : memory.size();
  }

  private ByteArrayOutputStream memory() {
    if (memory == null) {
      memory = new ByteArrayOutputStream();
    }
    return memory;
  }

  private RandomAccessFile file() throws IOException {
    if (file != null) {
      return file;
    }
    Path made =
        folder.resolve(
            "pyparallel-shard-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(made, attributes);
    name = made;
    RandomAccessFile open = new RandomAccessFile(made.toFile(), "rw");
    file = open;
    if (posix) {
      Files.delete(made);
      name = null;
    }
    open.write(memory().toByteArray());
    memory = null;
    return open;
  }

  /// Passes everything on, in pieces that are only valid during the call.
  ///
  /// @param target says whether it wants more
  /// @return whether it took everything
  boolean passTo(Predicate<ByteBuffer> target) {
    if (file == null) {
      return memory == null || target.test(ByteBuffer.wrap(memory.toByteArray()));
    }
    try {
      byte[] piece = new byte[COPY_BYTES];
      int count;
      file.seek(0);
      while ((count = file.read(piece)) > 0) {
        if (!target.test(ByteBuffer.wrap(piece, 0, count))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Forgets everything, the file too. Idempotent.
  void drop() {
    memory = null;
    RandomAccessFile open = file;
    Path left = name;
    file = null;
    name = null;
    try {
      if (open != null) {
        open.close();
      }
      if (left != null) {
        Files.deleteIfExists(left);
      }
    } catch (IOException _) {
      // What it held is written elsewhere, or not wanted.
    }
  }

  private OutputFailed failed(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (e instanceof NoSuchFileException) {
      reason = "there is no such folder";
    }
    return new OutputFailed(
        "cannot hold a shard's output back (as --retries and --bisect do) in the temporary folder '"
            + folder
            + "': "
            + (reason == null ? e.getClass().getSimpleName() : reason)
            + "; make room there, or set TMPDIR to a folder with more of it",
        e);
  }
}
