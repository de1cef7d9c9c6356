package org.pyparallel.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A screen of two streams that nobody may be looking at: no status line.
final class StreamScreen implements Screen {
  private final OutputStream out;
  private final OutputStream err;
  private final int columns;
  private final Runnable onClosed;
  private boolean closed;

  /// @param out standard output, in UTF-8, not buffered; stays open
  /// @param err standard error, likewise
  /// @param columns how many characters fit on a line
  /// @param onClosed called once, when standard output takes no more
  StreamScreen(OutputStream out, OutputStream err, int columns, Runnable onClosed) {
    this.out = out;
    this.err = err;
    this.columns = columns;
    this.onClosed = onClosed;
  }

  @Override
  public void print(String text) {
    boolean failed = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      try {
        write(out, text);
      } catch (IOException _) {
        closed = true;
        failed = true;
      }
    }
    if (failed) {
      onClosed.run();
    }
  }

  @Override
  public synchronized void error(String text) {
    if (closed) {
      return; // what ends because nobody reads ends without a word
    }
    try {
      write(err, text);
    } catch (IOException _) {
      // nowhere left to say so
    }
  }

  /// Whether the reader of standard output has gone away, or its disk is full.
  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void status(String line) {}

  @Override
  public int columns() {
    return columns;
  }

  private static void write(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }
}
