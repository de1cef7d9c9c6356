package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.pyparallel.job.PyParallelException.OutputFailed;

/// Files for runs that memory has no room for. Where the system allows it they have no name once
/// they are open, so that they go with the process however it ends.
final class TemporaryRuns implements AutoCloseable {
  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final Path folder;
  private final List<FileChannel> open = new ArrayList<>();

  /// @param folder where the files are made
  TemporaryRuns(Path folder) {
    this.folder = folder;
  }

  /// A new empty file, open until it is given back or this is closed.
  FileChannel create() {
    String name = "pyparallel-sort-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      FileChannel file = FileChannel.open(folder.resolve(name), OPTIONS, attributes);
      open.add(file);
      return file;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Writes everything between position and limit at the file's end.
  void write(FileChannel file, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// A file is of no more use.
  void giveBack(FileChannel file) {
    open.remove(file);
    try {
      file.close();
    } catch (IOException _) {
      // What it held is merged already.
    }
  }

  private OutputFailed failed(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (e instanceof java.nio.file.NoSuchFileException) {
      reason = "there is no such folder";
    }
    return new OutputFailed(
        "cannot sort in the temporary folder '"
            + folder
            + "': "
            + (reason == null ? e.getClass().getSimpleName() : reason)
            + "; make room there, or set TMPDIR to a folder with more of it",
        e);
  }

  @Override
  public void close() {
    for (FileChannel file : List.copyOf(open)) {
      giveBack(file);
    }
  }
}
