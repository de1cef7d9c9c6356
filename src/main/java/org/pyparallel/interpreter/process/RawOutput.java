package org.pyparallel.interpreter.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Passes on what is written to a worker process's descriptors 1 and 2, past the driver: by the
/// script's children, by C libraries, by Python when it crashes. A thread of its own, since nobody
/// knows when it comes. Whole lines, so that those of several workers never mix.
final class RawOutput {
  private static final long STACK_BYTES = 256 << 10;

  /// A line longer than this is passed on in parts.
  private static final int LONGEST_LINE = 1 << 16;

  private final InputStream in;
  private final Thread thread;
  // Guarded by this.
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Consumer<String> sink = _ -> {};
  private boolean open;
  private boolean ended;

  private RawOutput(InputStream in) {
    this.in = in;
    thread = new Thread(null, this::pass, "process-output", STACK_BYTES);
    thread.setDaemon(true);
  }

  /// Begins to read. Nothing is passed on before [#open].
  static RawOutput of(InputStream in) {
    RawOutput output = new RawOutput(in);
    output.thread.start();
    return output;
  }

  /// Passes on what came, and from now on what comes.
  synchronized void open(Consumer<String> sink) {
    this.sink = sink;
    open = true;
    passLines();
    passRest();
  }

  /// What came and was not passed on.
  synchronized String unread() {
    return pending.toString(StandardCharsets.UTF_8);
  }

  /// Waits until everything is passed on; not for long, since children of the script may hold the
  /// other end open.
  void drain(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    byte[] bytes = new byte[8192];
    try {
      int count;
      while ((count = in.read(bytes)) >= 0) {
        add(bytes, count);
      }
    } catch (IOException _) {
      // Closed by the owner.
    }
    end();
  }

  private synchronized void add(byte[] bytes, int count) {
    pending.write(bytes, 0, count);
    if (open) {
      passLines();
    } else if (pending.size() > LONGEST_LINE) {
      pending.reset(); // nobody reads that much of a program that does not start
    }
  }

  private void passLines() {
    byte[] bytes = pending.toByteArray();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end == 0 && bytes.length > LONGEST_LINE) {
      end = bytes.length;
    }
    if (end > 0) {
      pending.reset();
      pending.write(bytes, end, bytes.length - end);
      sink.accept(new String(bytes, 0, end, StandardCharsets.UTF_8));
    }
  }

  private synchronized void end() {
    ended = true;
    passRest();
  }

  private void passRest() {
    if (open && ended && pending.size() > 0) {
      sink.accept(pending.toString(StandardCharsets.UTF_8) + "\n");
      pending.reset();
    }
  }
}
