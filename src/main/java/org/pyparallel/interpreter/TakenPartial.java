package org.pyparallel.interpreter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Keeps the partial result that an interpreter sends, see [ReduceStep.Take].
final class TakenPartial implements ShardOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public boolean write(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(copy);
    bytes.writeBytes(copy);
    return true;
  }

  /// All of it; empty where there was none.
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
