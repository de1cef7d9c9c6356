package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Rejected records on their way to the writer. All methods are called under the stage's lock.
final class RejectQueue {
  /// @param bytes of lines
  record Reject(Slot slot, ByteBuffer bytes) {}

  private final ArrayDeque<Reject> rejects = new ArrayDeque<>();
  private long bytes;

  /// How many bytes wait.
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return rejects.isEmpty();
  }

  void add(Reject reject) {
    rejects.add(reject);
    bytes += reject.bytes.remaining();
  }

  /// Takes out the next one; null if there is none.
  @Nullable Reject poll() {
    Reject next = rejects.poll();
    if (next != null) {
      bytes -= next.bytes.remaining();
    }
    return next;
  }
}
