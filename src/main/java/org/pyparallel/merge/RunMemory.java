package org.pyparallel.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Memory for runs, taken piece by piece and given back all at once. Grows up to a limit, in slabs
/// that are kept: a run never spans two.
final class RunMemory {
  private static final int FIRST_SLAB = 1 << 20;

  private final long most;
  private final int largestSlab;
  private final List<WideBuffer> slabs = new ArrayList<>();
  private long total;
  private int current;
  private int used;

  /// @param most the limit for all slabs together, in bytes
  /// @param largestSlab the size of the largest slab, in bytes: no run is larger
  RunMemory(long most, int largestSlab) {
    this.most = most;
    this.largestSlab = largestSlab;
  }

  /// A piece of memory.
  ///
  /// @param start a multiple of eight
  record Place(WideBuffer memory, int start) {}

  /// Whether a run of this size can have room when all memory is free.
  boolean canHold(long size) {
    return size <= largestSlab;
  }

  /// Takes memory, or returns null when it is used up.
  ///
  /// @param size at most the largest slab's
  @Nullable Place take(int size) {
    while (current < slabs.size()) {
      WideBuffer slab = slabs.get(current);
      if (slab.capacity() - used >= size) {
        Place place = new Place(slab, used);
        used = WideBuffer.aligned(used + size);
        return place;
      }
      current++;
      used = 0;
    }
    int capacity = Math.max(size, Math.min(largestSlab, FIRST_SLAB << Math.min(slabs.size(), 8)));
    if (!slabs.isEmpty() && total + capacity > most) {
      return null;
    }
    slabs.add(new WideBuffer(capacity));
    total += capacity;
    used = WideBuffer.aligned(size);
    return new Place(slabs.getLast(), 0);
  }

  /// Frees everything that was taken.
  void clear() {
    current = 0;
    used = 0;
  }
}
