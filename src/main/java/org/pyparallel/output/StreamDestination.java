package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.merge.ClosedOutputException;

/// Standard output, a device or a pipe: what is written is gone.
final class StreamDestination implements Destination {
  /// File type bits of `st_mode`, see inode(7).
  private static final int TYPE_MASK = 0170000;

  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;
  private static final long RETRY_NANOS = 1_000_000;

  private final WritableByteChannel channel;
  private final String name;
  private final Path node;
  private final @Nullable Channel owned;

  /// @param name how messages call it
  /// @param node a path under which the system knows what it is
  /// @param owned what to close at the end, or null
  StreamDestination(WritableByteChannel channel, String name, Path node, @Nullable Channel owned) {
    this.channel = channel;
    this.name = name;
    this.node = node;
    this.owned = owned;
  }

  static StreamDestination standardOutput(WritableByteChannel stdout) {
    return new StreamDestination(stdout, "standard output", Path.of("/dev/stdout"), null);
  }

  static StreamDestination open(Path file) {
    try {
      // Appending is what keeps `-o /dev/stdout >> log` from overwriting the log.
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return new StreamDestination(channel, "'" + file + "'", file, channel);
    } catch (IOException e) {
      throw Destination.unwritable(file, Destination.reason(e));
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws ClosedOutputException {
    try {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          LockSupport.parkNanos(RETRY_NANOS); // somebody made it non-blocking, and it is full
        }
      }
    } catch (IOException e) {
      if (readerLeft(e)) {
        throw new ClosedOutputException(e);
      }
      throw new PyParallelException.OutputFailed(
          "cannot write to " + name + ": " + Destination.reason(e), e);
    }
  }

  @Override
  public void commit() {}

  @Override
  public void close() {
    if (owned != null) {
      try {
        owned.close();
      } catch (IOException _) {
        // nothing was held back
      }
    }
  }

  /// The message is the system's, in the user's language, but a pipe fails for no other reason.
  private boolean readerLeft(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("broken pipe") || message.contains("pipe is being closed")) {
      return true;
    }
    try {
      int type = (int) Files.getAttribute(node, "unix:mode") & TYPE_MASK;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
