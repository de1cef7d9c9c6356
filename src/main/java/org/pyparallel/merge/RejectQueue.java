package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Rejected records on their way to the writer: in the order of their shards where results are in
/// that order, else as they come. All methods are called under the stage's lock.
final class RejectQueue {
  /// @param bytes whole lines
  record Reject(Slot slot, ByteBuffer bytes) {}

  private final boolean inputOrder;
  private final ArrayDeque<Reject> loose = new ArrayDeque<>();
  private long looseBytes;

  RejectQueue(boolean inputOrder) {
    this.inputOrder = inputOrder;
  }

  /// How many bytes wait in the queue that this slot's would go to.
  long waiting(Slot slot) {
    return inputOrder ? slot.rejectedBytes : looseBytes;
  }

  void add(Slot slot, ByteBuffer bytes) {
    Reject reject = new Reject(slot, bytes);
    if (inputOrder) {
      slot.rejects.add(reject);
      slot.rejectedBytes += bytes.remaining();
    } else {
      loose.add(reject);
      looseBytes += bytes.remaining();
    }
  }

  boolean hasNext(@Nullable Slot floor) {
    return inputOrder ? floor != null && !floor.rejects.isEmpty() : !loose.isEmpty();
  }

  /// Takes out the next one; null if none may be written now.
  ///
  /// @param floor the slot that has the floor
  @Nullable Reject next(@Nullable Slot floor) {
    if (!hasNext(floor)) {
      return null;
    }
    if (!inputOrder) {
      Reject next = loose.remove();
      looseBytes -= next.bytes.remaining();
      return next;
    }
    Reject next = java.util.Objects.requireNonNull(floor).rejects.remove();
    floor.rejectedBytes -= next.bytes.remaining();
    return next;
  }
}
