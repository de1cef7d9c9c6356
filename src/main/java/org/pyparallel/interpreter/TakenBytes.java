package org.pyparallel.interpreter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Keeps what an interpreter sends, such as the partial result of [ReduceStep.Take]. For one
/// thread.
public final class TakenBytes implements ShardOutput {
  /// What there is where nothing was sent.
  public static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

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

  /// All of it.
  public ByteBuffer bytes() {
    if (several != null) {
      return ByteBuffer.wrap(several.toByteArray());
    }
    return only == null ? NOTHING : only;
  }
}
