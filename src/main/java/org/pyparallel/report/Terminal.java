package org.pyparallel.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/// The only one who writes to standard error.
///
/// Below what was printed may stand one status line. Printing erases it, prints, and draws it
/// again, in one write, so that nothing another process prints comes in between. While the script
/// has left a line unfinished there is no status line. Every method may be called by any thread.
///
/// A standard error that cannot be written is no reason to stop a run: the text is lost.
public final class Terminal {
  /// Whether the status line can be shown.
  public enum Kind {
    /// Someone is watching.
    INTERACTIVE,
    /// A file or a pipe: no status line, ever.
    PLAIN
  }

  private static final String ERASE = "\r\u001b[K";
  private static final String NO_WRAP = "\r\u001b[?7l";
  private static final String WRAP = "\u001b[K\u001b[?7h";

  private final OutputStream err;
  private final Charset charset;
  private final Kind kind;
  private final Colour colour;
  private final IntSupplier columns;
  private String status = "";
  private boolean drawn;
  private boolean lineOpen;

  /// @param err standard error, not buffered; stays open
  /// @param charset its encoding; anything but UTF-8 makes the status line ASCII
  /// @param colour for errors
  /// @param columns how wide the terminal is now; asked only while there is a status line
  public Terminal(
      OutputStream err, Charset charset, Kind kind, Colour colour, IntSupplier columns) {
    this.err = err;
    this.charset = charset;
    this.kind = kind;
    this.colour = colour;
    this.columns = columns;
  }

  /// Prints a whole line of ours, on a line of its own whatever the script has printed.
  public synchronized void line(String text) {
    StringBuilder out = new StringBuilder();
    erase(out);
    if (lineOpen) {
      out.append('\n');
    }
    out.append(text).append('\n');
    lineOpen = false;
    draw(out);
    write(out);
  }

  /// Prints what the script wrote, as it is.
  public synchronized void text(String text) {
    if (text.isEmpty()) {
      return;
    }
    StringBuilder out = new StringBuilder();
    erase(out);
    out.append(text);
    lineOpen = text.charAt(text.length() - 1) != '\n';
    draw(out);
    write(out);
  }

  /// Shows a status line in place of the last one; empty for none. Without line end, and no longer
  /// than [#columns].
  synchronized void status(String line) {
    if (kind == Kind.PLAIN || line.equals(status)) {
      return;
    }
    status = line;
    StringBuilder out = new StringBuilder();
    if (line.isEmpty()) {
      erase(out);
    } else {
      draw(out);
    }
    write(out);
  }

  boolean isInteractive() {
    return kind == Kind.INTERACTIVE;
  }

  boolean isUnicode() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  Colour colour() {
    return colour;
  }

  int columns() {
    return columns.getAsInt();
  }

  private void erase(StringBuilder out) {
    if (drawn) {
      out.append(ERASE);
      drawn = false;
    }
  }

  private void draw(StringBuilder out) {
    if (!status.isEmpty() && !lineOpen) {
      out.append(NO_WRAP).append(status).append(WRAP);
      drawn = true;
    }
  }

  private void write(StringBuilder out) {
    if (out.isEmpty()) {
      return;
    }
    try {
      err.write(out.toString().getBytes(charset));
      err.flush();
    } catch (IOException _) {
      // nowhere left to say so
    }
  }
}
