package org.pyparallel.output;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.ClosedOutputException;

/// Gathers small pieces of output, passes large ones straight on. One thread, except [#close].
final class OutputBuffer implements AutoCloseable {
  /// What fits into a Linux pipe at once.
  static final int CAPACITY = 64 * 1024;

  /// How long the end of a shard may stay unseen while others keep the writer busy.
  static final long PATIENCE_NANOS = 20_000_000;

  /// A larger chunk gains nothing from being gathered.
  private static final int LARGE = CAPACITY / 2;

  private final Destination destination;
  private final LongSupplier clock;
  private @Nullable ByteBuffer buffer;
  private long lastFlush;

  /// @param clock nanoseconds from any origin
  OutputBuffer(Destination destination, LongSupplier clock) {
    this.destination = destination;
    this.clock = clock;
    this.lastFlush = clock.getAsLong();
  }

  /// Takes the bytes between position and limit.
  void write(ByteBuffer chunk) throws ClosedOutputException {
    if (chunk.isDirect() && chunk.remaining() >= LARGE) {
      flush();
      destination.write(chunk);
      return;
    }
    // A heap buffer goes through the buffer whatever its size: a channel would copy it whole, and
    // keep the copy's memory.
    ByteBuffer target = buffer();
    while (chunk.remaining() > target.remaining()) {
      int limit = chunk.limit();
      chunk.limit(chunk.position() + target.remaining());
      target.put(chunk);
      chunk.limit(limit);
      flush();
    }
    target.put(chunk);
  }

  /// Takes a few bytes, at most [#CAPACITY].
  void write(byte[] bytes) throws ClosedOutputException {
    if (buffer().remaining() < bytes.length) {
      flush();
    }
    buffer().put(bytes);
  }

  /// A good moment to let something be seen.
  void endOfShard() throws ClosedOutputException {
    if (clock.getAsLong() - lastFlush > PATIENCE_NANOS) {
      flush();
    }
  }

  /// Writes what is held back.
  void flush() throws ClosedOutputException {
    ByteBuffer pending = buffer;
    if (pending != null && pending.position() > 0) {
      pending.flip();
      destination.write(pending);
      pending.clear();
    }
    lastFlush = clock.getAsLong();
  }

  /// Writes what is held back, and makes it visible if the run is complete.
  void finish(RunReport report) throws ClosedOutputException {
    switch (report.end()) {
      case COMPLETE, ENOUGH -> {
        flush();
        destination.commit();
      }
      case INTERRUPTED, TIME_LIMIT, DRAINED, HALTED -> flush();
      case OUTPUT_CLOSED -> {}
    }
  }

  /// Frees the destination without writing anything. Any thread.
  @Override
  public void close() {
    destination.close();
  }

  private ByteBuffer buffer() {
    ByteBuffer present = buffer;
    if (present == null) {
      present = ByteBuffer.allocateDirect(CAPACITY);
      buffer = present;
    }
    return present;
  }
}
