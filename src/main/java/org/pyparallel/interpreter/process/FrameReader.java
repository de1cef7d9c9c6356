package org.pyparallel.interpreter.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Reads what a worker process says. One thread.
final class FrameReader {
  private static final byte[] GREETING = "\0pyparallel worker 1\n".getBytes(StandardCharsets.UTF_8);

  /// How much may come before the greeting: no Python prints that much when it starts.
  private static final int MOST_BEFORE = 1 << 20;

  /// What the report of a crash begins with, which the child writes in place of a frame.
  private static final int CRASH = 'F';

  private static final int MOST_OF_CRASH = 1 << 16;
  private static final int PIECE = 1 << 18;

  private final InputStream in;
  private final byte[] header = new byte[Frames.HEADER];
  private byte[] room = {};
  private long left;
  private String lastWords = "";

  FrameReader(InputStream in) {
    this.in = in;
  }

  /// Reads up to the end of the greeting.
  ///
  /// @return what came before it, which Python's start-up files have printed
  /// @throws EOFException if it does not come
  String greeting() throws IOException {
    byte[] before = new byte[256];
    int length = 0;
    int next;
    while (length < MOST_BEFORE && (next = in.read()) >= 0) {
      if (length == before.length) {
        before = java.util.Arrays.copyOf(before, 2 * length);
      }
      before[length++] = (byte) next;
      int start = length - GREETING.length;
      if (next == '\n'
          && start >= 0
          && java.util.Arrays.equals(before, start, length, GREETING, 0, GREETING.length)) {
        return new String(before, 0, start, StandardCharsets.UTF_8);
      }
    }
    throw new EOFException("there was no greeting");
  }

  /// Goes on to the next frame, which must have been read to its end.
  ///
  /// @return its kind
  /// @throws EOFException if there is none: the child is gone, see [#lastWords]
  /// @throws RuntimeFailed if what comes is no frame
  int next() throws IOException {
    int read = in.readNBytes(header, 0, header.length);
    if (read > 0 && header[0] == CRASH) {
      byte[] rest = in.readNBytes(MOST_OF_CRASH);
      lastWords =
          new String(header, 0, read, StandardCharsets.UTF_8)
              + new String(rest, StandardCharsets.UTF_8);
      throw new EOFException("the child has crashed");
    }
    if (read < header.length) {
      throw new EOFException("the child is gone");
    }
    left = ByteBuffer.wrap(header).getLong(1);
    int kind = header[0];
    if (kind < Frames.RESULTS || kind > Frames.INPUT || left < 0) {
      throw new RuntimeFailed(
          "the worker process does not keep to the protocol: it sent a frame of kind "
              + kind
              + " and "
              + left
              + " bytes");
    }
    return kind;
  }

  /// The next bytes of the frame, valid until the next call; at its end there are none.
  ByteBuffer piece() throws IOException {
    int size = (int) Math.min(left, PIECE);
    ByteBuffer piece = read(size);
    left -= size;
    return piece;
  }

  /// All that the frame has left, valid until the next call.
  ByteBuffer all() throws IOException {
    if (left > Integer.MAX_VALUE - 8) {
      throw new RuntimeFailed("the worker process sent " + left + " bytes in one piece");
    }
    ByteBuffer all = read((int) left);
    left = 0;
    return all;
  }

  /// All that the frame has left.
  String text() throws IOException {
    return StandardCharsets.UTF_8.decode(all()).toString();
  }

  private ByteBuffer read(int size) throws IOException {
    byte[] target = room;
    if (size > target.length) {
      target = new byte[size];
      if (size <= PIECE) {
        room = target;
      }
    }
    if (in.readNBytes(target, 0, size) < size) {
      throw new EOFException("the child is gone");
    }
    return ByteBuffer.wrap(target, 0, size);
  }

  /// What the child could say before it crashed: a line about what happened, and where it was;
  /// empty where there is nothing.
  String lastWords() {
    return lastWords;
  }
}
