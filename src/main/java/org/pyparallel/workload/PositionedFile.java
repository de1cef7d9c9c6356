package org.pyparallel.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A regular file that is read at any position.
///
/// It is opened by the first read, for most files of an input are never searched. Used by one
/// thread at a time, except [#close].
final class PositionedFile implements AutoCloseable {
  private final Path path;
  private volatile @Nullable FileChannel channel;
  private volatile boolean closed;

  PositionedFile(Path path) {
    this.path = path;
  }

  /// Reads once into a buffer, from its position on.
  ///
  /// An interrupted thread would close the channel for all the others; it gets its interrupt back
  /// when the read is done.
  ///
  /// @return how many bytes, or -1 at the end of the file
  int read(ByteBuffer into, long position) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return open().read(into, position);
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
          channel = null;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(path, StandardOpenOption.READ);
      channel = open;
    }
    if (closed) {
      open.close();
      throw new AsynchronousCloseException();
    }
    return open;
  }

  /// Closes the file; a running read fails with an [IOException]. Idempotent; any thread.
  @Override
  public void close() {
    closed = true;
    FileChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // It was only read: nothing is lost.
      }
    }
  }
}
