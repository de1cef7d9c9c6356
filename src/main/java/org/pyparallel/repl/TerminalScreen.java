package org.pyparallel.repl;

import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// The screen of a terminal on which lines are edited.
///
/// While nobody edits, text goes straight to the terminal. While somebody does, whole lines are
/// shown above the line that is edited, by a thread of this class, and an unfinished one waits
/// until the editing is over. The one who prints then only leaves the text here: the editor holds
/// its lock while it asks an interpreter for completions, and that interpreter must be able to
/// print.
///
/// One lock, this; the editor's own is taken only while it is not held.
final class TerminalScreen implements Screen, AutoCloseable {
  /// So much text waits at most, in characters; who prints more waits.
  private static final int MOST_PENDING = 1 << 18;

  /// An unfinished line longer than this is shown in parts.
  private static final int LONGEST_LINE = 1 << 14;

  /// How much of an unfinished line is remembered, for a prompt that goes on behind it.
  private static final int LONGEST_TAIL = 400;

  /// Between two times that lines are shown above an edited one, which is drawn anew each time.
  private static final long PAUSE_MILLIS = 20;

  private static final int FEWEST_COLUMNS = 20;
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final Thread printer = new Thread(this::showAbove, "repl-printer");

  // Guarded by this.
  private final StringBuilder pending = new StringBuilder();
  private final StringBuilder tail = new StringBuilder();
  private String status = "";
  private @Nullable LineReader editor;
  private boolean showing;
  private boolean closed;

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
    printer.setDaemon(true);
    printer.start();
  }

  @Override
  public void print(String text) {
    show(text);
  }

  @Override
  public void error(String text) {
    show(text);
  }

  private synchronized void show(String text) {
    try {
      while (editor != null && pending.length() > MOST_PENDING) {
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // then there is a little more than the most
    }
    if (editor == null) {
      write(text);
    } else {
      pending.append(text);
      notifyAll();
    }
  }

  @Override
  public synchronized void status(String line) {
    if (editor != null || line.equals(status)) {
      return;
    }
    String cut = line.substring(0, Math.min(line.length(), columns() - 1));
    terminal.writer().print((status.isEmpty() && tail.isEmpty() ? "" : ERASE) + cut);
    terminal.flush();
    status = line;
  }

  @Override
  public int columns() {
    return Math.max(FEWEST_COLUMNS, terminal.getColumns());
  }

  /// Somebody begins to edit a line, on a line of its own.
  void beginEditing(LineReader reader) {
    begin(reader, true);
  }

  /// Somebody begins to edit the rest of a line.
  ///
  /// @return what the line begins with, to be shown again
  String beginAnswering(LineReader reader) {
    return begin(reader, false);
  }

  private synchronized String begin(LineReader reader, boolean fresh) {
    StringBuilder out = new StringBuilder(status.isEmpty() ? "" : ERASE);
    status = "";
    String before = "";
    if (!tail.isEmpty()) {
      before = fresh ? "" : tail.toString();
      out.append(fresh ? "\n" : ERASE);
      tail.setLength(0);
    }
    terminal.writer().print(out);
    terminal.flush();
    editor = reader;
    return before;
  }

  /// The line is there. What waited is shown.
  synchronized void endEditing() {
    boolean interrupted = false;
    editor = null;
    notifyAll();
    while (showing) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (!pending.isEmpty()) {
      write(pending.toString());
      pending.setLength(0);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the thread. Idempotent.
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void write(String text) {
    if (text.isEmpty()) {
      return;
    }
    if (!status.isEmpty()) {
      terminal.writer().print(ERASE);
    }
    terminal.writer().print(text);
    int end = text.lastIndexOf('\n');
    if (end >= 0) {
      tail.setLength(0);
    }
    tail.append(text, end + 1, text.length());
    if (tail.length() > LONGEST_TAIL) {
      tail.delete(0, tail.length() - LONGEST_TAIL);
    }
    if (!status.isEmpty() && tail.isEmpty()) {
      terminal.writer().print(status.substring(0, Math.min(status.length(), columns() - 1)));
    }
    terminal.flush();
  }

  private void showAbove() {
    try {
      while (true) {
        @Nullable LineReader reader;
        String lines;
        synchronized (this) {
          reader = editor;
          while (!closed && (reader == null || linesPending() == 0)) {
            wait();
            reader = editor;
          }
          if (closed || reader == null) {
            return;
          }
          int end = linesPending();
          lines = pending.substring(0, end);
          pending.delete(0, end);
          showing = true;
        }
        try {
          reader.printAbove(lines);
        } finally {
          synchronized (this) {
            showing = false;
            notifyAll();
          }
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException _) {
      // nobody does that
    }
  }

  /// How much of what waits can be shown: up to the last line end.
  private int linesPending() {
    int lines = pending.lastIndexOf("\n") + 1;
    return lines == 0 && pending.length() > LONGEST_LINE ? pending.length() : lines;
  }
}
