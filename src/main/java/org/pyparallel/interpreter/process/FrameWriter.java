package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Writes what a worker process is told. Any thread; frames do not mix.
final class FrameWriter implements AutoCloseable {
  private static final int PIECE = 1 << 18;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] header = new byte[Frames.HEADER];
  private byte[] room = {};

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(int kind) throws IOException {
    write(kind, new byte[0]);
  }

  void write(int kind, String text) throws IOException {
    write(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(int kind, byte[] bytes) throws IOException {
    write(kind, ByteBuffer.wrap(bytes));
  }

  /// @param bytes between position and limit; both stay
  /// @throws IOException if the child is gone
  void write(int kind, ByteBuffer bytes) throws IOException {
    lock.lock();
    try {
      send(kind, bytes.duplicate());
    } finally {
      lock.unlock();
    }
  }

  /// Writes a frame without content unless another one, which is on its way, takes too long.
  void tryWrite(int kind, long millis) throws IOException, InterruptedException {
    if (lock.tryLock(millis, TimeUnit.MILLISECONDS)) {
      try {
        send(kind, ByteBuffer.allocate(0));
      } finally {
        lock.unlock();
      }
    }
  }

  private void send(int kind, ByteBuffer bytes) throws IOException {
    ByteBuffer.wrap(header).put((byte) kind).putLong(bytes.remaining());
    out.write(header);
    while (bytes.hasRemaining()) {
      if (bytes.hasArray()) {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        break;
      }
      int size = Math.min(bytes.remaining(), PIECE);
      if (room.length < size) {
        room = new byte[size];
      }
      bytes.get(room, 0, size);
      out.write(room, 0, size);
    }
    out.flush();
  }

  /// Lets the child see that nothing more comes. Waits for no other thread that writes.
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException _) {
      // The child is gone, and with it whoever would have read the rest.
    }
  }
}
