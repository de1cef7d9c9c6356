package org.pyparallel.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/// A terminal at which a test types.
final class ScriptedTerminal {
  static final String ENTER = "\r";
  static final String TAB = "\t";
  static final String UP = "\u001bOA";
  static final String LEFT = "\u001bOD";
  static final String BACKSPACE = "\u007f";
  static final String CTRL_A = "\u0001";
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String CTRL_R = "\u0012";

  final LineDisciplineTerminal terminal;
  private final Shown shown = new Shown();

  ScriptedTerminal() throws IOException {
    terminal = new LineDisciplineTerminal("test", "xterm-256color", shown, StandardCharsets.UTF_8);
    terminal.setSize(new Size(80, 24));
  }

  /// Types; what is typed before somebody reads waits.
  void type(String... keys) throws IOException {
    for (String text : keys) {
      terminal.processInputBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Pastes, as terminals do that mark what is pasted.
  void paste(String text) throws IOException {
    type("\u001b[200~" + text.replace("\n", "\r") + "\u001b[201~");
  }

  /// All that was shown, with its escapes.
  String text() {
    return shown.text();
  }

  /// Waits until this was shown.
  void await(String text) throws InterruptedException {
    shown.await(text);
  }

  private static final class Shown extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    synchronized String text() {
      return toString(StandardCharsets.UTF_8);
    }

    synchronized void await(String text) throws InterruptedException {
      while (!text().contains(text)) {
        wait();
      }
    }
  }
}
