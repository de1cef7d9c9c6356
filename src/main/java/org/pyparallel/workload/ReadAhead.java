package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads a stream on a thread of its own, ahead of whoever takes its bytes, but not far.
///
/// One reader, one taker. The reader appends to `buffer` behind `filled` without holding the lock,
/// and then, under the lock, moves `filled`; the taker only ever looks at bytes before `filled`,
/// which never change again. So bytes are handed out as slices of the buffer, uncopied, and
/// searched while the reader goes on. A full buffer is left to its slices, and what is unread moves
/// to a new one, twice as large until it holds twice what may be read ahead.
///
/// The reader waits while `limit` bytes are unread, unless the taker waits too: then a record is
/// longer than that, and the buffer grows until its end is found. So there is never more unread
/// than `limit`, one read and one record.
///
/// Lock order: this lock is a leaf, nothing else is locked under it. A `read` that never returns
/// keeps nothing but its own daemon thread, which is why [#close] does not wait for it.
final class ReadAhead implements AutoCloseable {
  /// The size of a read: a pipe on Linux holds as much, and larger reads were no faster.
  static final int READ = 64 << 10;

  private static final int LARGEST_IN_HEAP = 16 << 20;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /// Opens the stream. Called on the reader's thread, since opening a FIFO waits for its writer.
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;

    /// How many bytes may be read ahead whatever else is said, since making them takes long.
    default int leastAhead() {
      return 0;
    }
  }

  private final RecordEnds ends;
  private final int leastAhead;
  private final Thread reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  // All below under the lock; the reader, which alone writes the first three, may read them
  // without.
  private ByteBuffer buffer = allocate(2 * READ);
  private int filled;
  private int whole;
  private int start;
  private int limit;
  private int wanted = Integer.MAX_VALUE;
  private boolean waiting;
  private long firstArrival;
  private long lastArrival;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  /// @param name of the stream, for the thread's name
  /// @param limit how many bytes may be unread before the reader waits, from 1
  ReadAhead(String name, Opener opener, RecordEnds ends, int limit) {
    this.ends = ends;
    this.leastAhead = opener.leastAhead();
    this.limit = Math.max(limit, leastAhead);
    reader = Thread.ofPlatform().daemon().name("read " + name).unstarted(() -> read(opener));
  }

  /// Starts reading.
  void start() {
    reader.start();
  }

  /// What is there, without waiting.
  Unread peek() {
    lock.lock();
    try {
      return snapshot();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for whole records. An interrupt is kept for later.
  ///
  /// @param bytes how many bytes of them
  /// @param nanos how long at most
  Unread await(int bytes, long nanos) {
    boolean interrupted = false;
    lock.lock();
    try {
      waiting = true;
      wanted = bytes;
      room.signal();
      long left = nanos;
      while (left > 0 && !ended && whole - start < wanted) {
        try {
          left = arrived.awaitNanos(left);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      waiting = false;
      return snapshot();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Counts the first unread bytes as read.
  ///
  /// @param bytes how many
  /// @param newLimit how many may be unread from now on
  void take(int bytes, int newLimit) {
    lock.lock();
    try {
      start += bytes;
      firstArrival = lastArrival;
      limit = Math.max(newLimit, leastAhead);
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Says so if the stream ended early.
  ///
  /// @param position how many bytes of it were read
  /// @throws org.pyparallel.job.PyParallelException.InputFailed with the reason
  void failIfBroken(String name, long position) {
    lock.lock();
    try {
      if (failure != null) {
        throw InputFailures.streamBroke(name, position, failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private Unread snapshot() {
    int length = filled - start;
    long waited = length == 0 ? 0 : System.nanoTime() - firstArrival;
    return new Unread(buffer, start, length, whole - start, waited, ended, failure != null);
  }

  private void read(Opener opener) {
    try (InputStream in = opener.open()) {
      while (waitForRoom()) {
        int count = read(in);
        if (count < 0) {
          end(null);
          return;
        }
        int last = ends.last(buffer, filled, filled + count);
        publish(count, last < 0 ? whole : last + 1);
      }
    } catch (IOException | RuntimeException | Error e) { // whoever takes must not wait for ever
      end(e);
    }
  }

  private int read(InputStream in) throws IOException {
    int size = Math.min(READ, buffer.capacity() - filled);
    if (buffer.hasArray()) {
      return in.read(buffer.array(), buffer.arrayOffset() + filled, size);
    }
    byte[] bytes = new byte[size];
    int count = in.read(bytes);
    if (count > 0) {
      buffer.put(filled, bytes, 0, count);
    }
    return count;
  }

  private boolean waitForRoom() {
    lock.lock();
    try {
      while (!closed && !waiting && filled - start >= limit) {
        room.awaitUninterruptibly();
      }
      if (!closed) {
        makeSpace();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void makeSpace() {
    int unread = filled - start;
    int usual = Math.clamp(2L * limit, 2 * READ, LARGEST_ARRAY);
    boolean full = filled == buffer.capacity();
    boolean outgrown = buffer.capacity() / 2 > usual && unread <= usual / 2;
    if (!full && !outgrown) {
      return;
    }
    if (unread == LARGEST_ARRAY) {
      throw new OutOfMemoryError("a shard of 2 GiB");
    }
    long doubled = Math.max(2L * unread, Math.min(2L * buffer.capacity(), usual));
    ByteBuffer larger = allocate((int) Math.min(doubled, LARGEST_ARRAY));
    larger.put(0, buffer, start, unread);
    buffer = larger;
    whole -= start;
    filled = unread;
    start = 0;
  }

  /// Very large buffers, for a very long record, stay out of the heap: it is small.
  private static ByteBuffer allocate(int size) {
    return RecordEnds.searchable(
        size > LARGEST_IN_HEAP ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size));
  }

  private void publish(int count, int newWhole) {
    lock.lock();
    try {
      lastArrival = System.nanoTime();
      if (filled == start) {
        firstArrival = lastArrival;
      }
      filled += count;
      whole = newWhole;
      if (waiting && whole - start >= wanted) {
        waiting = false;
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable why) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = why;
        if (why == null) {
          whole = filled;
        }
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Stops reading: the taker finds an ended stream. Idempotent; any thread; returns at once.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ended = true;
      arrived.signal();
      room.signal();
    } finally {
      lock.unlock();
    }
    reader.interrupt();
  }
}
