package org.pyparallel.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A standard error that remembers what was written to it.
final class Screen extends ByteArrayOutputStream {
  /// A terminal that is a file, without colour.
  Terminal plain() {
    return new Terminal(this, StandardCharsets.UTF_8, Terminal.Kind.PLAIN, Colour.NEVER, () -> 80);
  }

  /// A terminal someone watches.
  Terminal interactive(Colour colour, int columns) {
    return new Terminal(
        this, StandardCharsets.UTF_8, Terminal.Kind.INTERACTIVE, colour, () -> columns);
  }

  /// What was written since the last call.
  String take() {
    String text = toString(StandardCharsets.UTF_8);
    reset();
    return text;
  }
}
