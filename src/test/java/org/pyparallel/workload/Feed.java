package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A stream whose far end is the test: it gives exactly what was written, when it was written, and
/// blocks in between.
final class Feed extends InputStream {
  private sealed interface Event {
    record Data(String text) implements Event {}

    record End() implements Event {}

    record Failure(IOException cause) implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private byte[] current = new byte[0];
  private int position;

  void write(String text) {
    events.add(new Event.Data(text));
  }

  void end() {
    events.add(new Event.End());
  }

  void fail(String message) {
    events.add(new Event.Failure(new IOException(message)));
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (position == current.length) {
      try {
        switch (events.take()) {
          case Event.Data(String text) -> {
            current = text.getBytes(UTF_8);
            position = 0;
          }
          case Event.End() -> {
            return -1;
          }
          case Event.Failure(IOException cause) -> throw cause;
        }
      } catch (InterruptedException _) {
        throw new IOException("interrupted");
      }
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, buffer, offset, count);
    position += count;
    return count;
  }
}
