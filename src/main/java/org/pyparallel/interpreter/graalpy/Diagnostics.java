package org.pyparallel.interpreter.graalpy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Hands what was written to file descriptor 1 or 2 of a context on as text, in whole lines.
///
/// Scripts rarely come here, since `sys.stdout` and `sys.stderr` are the driver's; `os.write(2,
/// ...)` and the interpreter's own last words do. Thread-safe: threads of a script write, too.
final class Diagnostics extends OutputStream {
  private final Consumer<String> consumer;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  Diagnostics(Consumer<String> consumer) {
    this.consumer = consumer;
  }

  @Override
  public synchronized void write(int value) {
    line.write(value);
    if (value == '\n') {
      flushLine();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int last = end;
    while (last > offset && bytes[last - 1] != '\n') {
      last--;
    }
    line.write(bytes, offset, last - offset);
    if (last > offset) {
      flushLine();
    }
    line.write(bytes, last, end - last);
  }

  private void flushLine() {
    consumer.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  /// Hands on a last line without an end.
  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      line.write('\n');
      flushLine();
    }
  }
}
