package org.pyparallel.pool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.OutputFailed;

/// Bytes that are held back: in memory up to [#MEMORY_BYTES], then all of them in a temporary file.
/// Where the system allows it that has no name once it is open, so that it goes with the process
/// however it ends. Not thread-safe.
final class HeldBytes {
  static final int MEMORY_BYTES = 1 << 20;

  private static final int COPY_BYTES = 256 << 10;

  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final Path folder;
  private @Nullable ByteArrayOutputStream memory;
  private @Nullable FileChannel file;

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
      FileChannel open = file();
      ByteBuffer rest = chunk.duplicate();
      while (rest.hasRemaining()) {
        open.write(rest);
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

  private FileChannel file() throws IOException {
    if (file != null) {
      return file;
    }
    String name = "pyparallel-shard-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    FileChannel made = FileChannel.open(folder.resolve(name), OPTIONS, attributes);
    file = made;
    ByteBuffer held = ByteBuffer.wrap(memory().toByteArray());
    memory = null;
    while (held.hasRemaining()) {
      made.write(held);
    }
    return made;
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
      ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
      long position = 0;
      int count;
      while ((count = file.read(piece.clear(), position)) > 0) {
        position += count;
        if (!target.test(piece.flip())) {
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
    FileChannel open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // What it held is written elsewhere, or not wanted.
      }
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
