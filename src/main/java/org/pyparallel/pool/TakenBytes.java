package org.pyparallel.pool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardOutput;

/// Keeps what an interpreter sends.
final class TakenBytes implements ShardOutput {
  static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private @Nullable ByteBuffer only;
  private @Nullable ByteArrayOutputStream several;

  @Override
  public boolean write(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(copy);
    if (only == null) {
      only = ByteBuffer.wrap(copy);
      return true;
    }
    if (several == null) {
      several = new ByteArrayOutputStream();
      several.writeBytes(only.array());
    }
    several.writeBytes(copy);
    return true;
  }

  ByteBuffer bytes() {
    if (several != null) {
      return ByteBuffer.wrap(several.toByteArray());
    }
    return only == null ? NOTHING : only;
  }
}
