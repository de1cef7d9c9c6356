package org.pyparallel.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers what was written and in which pieces, until told to fail.
final class MemoryChannel implements WritableByteChannel {
  final List<Integer> writes = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable String failure;
  private boolean open = true;

  void failWith(String message) {
    failure = message;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    int length = source.remaining();
    writes.add(length);
    while (source.hasRemaining()) {
      bytes.write(source.get());
    }
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
