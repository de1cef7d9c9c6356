package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// A set of hashes of 128 bits outside the heap, sixteen bytes each and about as much again of room
/// to grow.
///
/// Open addressing in segments of one size. A directory over the first bits of a hash says which
/// segment it belongs to; a segment that is full is split in two by one bit more, so that the set
/// grows a segment at a time.
final class SeenHashes {
  private static final int ENTRIES = 1 << 16;
  private static final int MOST_ENTRIES = ENTRIES / 4 * 3;
  private static final int SEGMENT_BYTES = 2 * Long.BYTES * ENTRIES;

  private final int mostSegments;

  /// The memory of the segment that was split last, for the next one; of no size when it is used.
  private LongBuffer free = LongBuffer.allocate(0);

  private Segment[] directory = {new Segment(0)};
  private int depth;
  private int segments = 1;
  private long size;

  /// @param mostBytes the limit for all segments together, at least one's megabyte
  SeenHashes(long mostBytes) {
    this.mostSegments = (int) Math.max(1, mostBytes / SEGMENT_BYTES);
  }

  /// Adds a hash.
  ///
  /// @return 1 where it is new, 0 where it was there, -1 where it is new and there is no room for
  ///   it
  int add(long high, long low) {
    long second = (high | low) == 0 ? 1 : low; // both zero is an empty place
    while (true) {
      Segment segment = directory[index(high)];
      int place = segment.find(high, second);
      if (segment.holds(place)) {
        return 0;
      }
      if (segment.count < MOST_ENTRIES) {
        segment.put(place, high, second);
        size++;
        return 1;
      }
      if (segments == mostSegments) {
        return -1;
      }
      split(segment);
    }
  }

  /// How many there are.
  long size() {
    return size;
  }

  private int index(long high) {
    return depth == 0 ? 0 : (int) (high >>> (Long.SIZE - depth));
  }

  private void split(Segment full) {
    if (full.depth == depth) {
      Segment[] doubled = new Segment[directory.length * 2];
      for (int i = 0; i < doubled.length; i++) {
        doubled[i] = directory[i / 2];
      }
      directory = doubled;
      depth++;
    }
    Segment zero = new Segment(full.depth + 1);
    Segment one = new Segment(full.depth + 1);
    segments++;
    full.moveTo(zero, one);
    for (int i = 0; i < directory.length; i++) {
      if (directory[i] == full) {
        directory[i] = (i >>> (depth - full.depth - 1) & 1) == 0 ? zero : one;
      }
    }
    free = full.clear();
  }

  private LongBuffer memory() {
    LongBuffer memory = free;
    free = LongBuffer.allocate(0);
    return memory.capacity() > 0
        ? memory
        : ByteBuffer.allocateDirect(SEGMENT_BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
  }

  private final class Segment {
    private final int depth;
    private final LongBuffer entries = memory();
    private int count;

    /// @param depth how many first bits all its hashes share
    Segment(int depth) {
      this.depth = depth;
    }

    /// Where the hash is, or would be.
    int find(long high, long low) {
      int place = (int) low & (ENTRIES - 1);
      while (holds(place)
          && (entries.get(2 * place) != high || entries.get(2 * place + 1) != low)) {
        place = (place + 1) & (ENTRIES - 1);
      }
      return place;
    }

    boolean holds(int place) {
      return (entries.get(2 * place) | entries.get(2 * place + 1)) != 0;
    }

    void put(int place, long high, long low) {
      entries.put(2 * place, high);
      entries.put(2 * place + 1, low);
      count++;
    }

    void moveTo(Segment zero, Segment one) {
      for (int place = 0; place < ENTRIES; place++) {
        if (holds(place)) {
          long high = entries.get(2 * place);
          long low = entries.get(2 * place + 1);
          Segment to = (high >>> (Long.SIZE - 1 - depth) & 1) == 0 ? zero : one;
          to.put(to.find(high, low), high, low);
        }
      }
    }

    LongBuffer clear() {
      long[] zeros = new long[ENTRIES / 16];
      for (int i = 0; i < entries.capacity(); i += zeros.length) {
        entries.put(i, zeros);
      }
      return entries;
    }
  }
}
