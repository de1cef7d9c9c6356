package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Ordering;

/// Decides which slot's chunks go to the writer next: one kind for each [Ordering].
///
/// One slot at a time has the floor. All methods but [#whole] are called under the stage's lock.
abstract sealed class Floor {
  @Nullable Slot holder;

  /// @param slots the open slots by their shards' numbers, those of tails apart
  static Floor of(Ordering ordering, Map<Long, Slot> slots) {
    return switch (ordering) {
      case INPUT -> new ByNumber(slots);
      case COMPLETION -> new ByCompletion();
      case LINES -> new ByLine();
    };
  }

  /// The slot that has the floor, which it gets here if nobody has it; null if nobody wants it.
  @Nullable Slot holder() {
    if (holder == null) {
      holder = choose();
    }
    return holder;
  }

  abstract @Nullable Slot choose();

  /// Whether [#next] would give a chunk of the holder's.
  boolean hasNext(Slot slot) {
    return !slot.chunks.isEmpty();
  }

  /// Takes the holder's next chunk out of its slot; null if none may be written now.
  @Nullable ByteBuffer next(Slot slot) {
    return slot.chunks.poll();
  }

  /// How many of a chunk's first bytes are of any use without the rest. Any thread.
  abstract int whole(ByteBuffer chunk);

  /// A chunk was put into a slot.
  ///
  /// @param whole what [#whole] said of it
  /// @param rest how many bytes it has beyond that
  /// @return whether this slot may have the floor now
  abstract boolean added(Slot slot, int whole, int rest);

  /// A slot has ended, or cannot take its next chunk.
  ///
  /// @return whether it may have the floor now, and could not before
  abstract boolean ask(Slot slot);

  /// Whether the slot's last line has no end, and needs one.
  boolean needsLineEnd(Slot slot) {
    return false;
  }

  /// The holder has been written out.
  void close() {
    holder = null;
  }

  /// [Ordering#INPUT]: by shard number, and from a shard to its tail before the next number.
  private static final class ByNumber extends Floor {
    private final Map<Long, Slot> slots;
    private long nextIndex;

    /// The tail that comes before the shard `nextIndex`.
    private @Nullable Slot tail;

    ByNumber(Map<Long, Slot> slots) {
      this.slots = slots;
    }

    @Override
    @Nullable Slot choose() {
      return tail != null ? tail : slots.get(nextIndex);
    }

    @Override
    int whole(ByteBuffer chunk) {
      return chunk.remaining();
    }

    @Override
    boolean added(Slot slot, int whole, int rest) {
      return slot == holder();
    }

    @Override
    boolean ask(Slot slot) {
      return slot.report != null && slot == holder();
    }

    @Override
    void close() {
      if (tail == null) {
        nextIndex++; // a shard's own slot: its tails come after it
      }
      tail = holder == null ? null : holder.tail;
      super.close();
    }
  }

  /// Whoever asks first.
  private abstract static sealed class ByRequest extends Floor {
    private final ArrayDeque<Slot> queue = new ArrayDeque<>();

    @Override
    @Nullable Slot choose() {
      Slot slot = queue.poll();
      if (slot != null) {
        slot.asked = false;
      }
      return slot;
    }

    @Override
    boolean ask(Slot slot) {
      if (slot == holder) {
        return slot.report != null;
      }
      if (slot.asked) {
        return false;
      }
      slot.asked = true;
      return queue.add(slot);
    }
  }

  /// [Ordering#COMPLETION]: to the slot that completed first, or that first had more than it may
  /// collect, until it is written out.
  private static final class ByCompletion extends ByRequest {
    @Override
    int whole(ByteBuffer chunk) {
      return chunk.remaining();
    }

    @Override
    boolean added(Slot slot, int whole, int rest) {
      return slot == holder;
    }
  }

  /// [Ordering#LINES]: in turn to the slots that have whole lines, for one chunk's worth of them.
  ///
  /// A slot full of a line that has no end yet gets the floor too, and keeps it up to that end:
  /// that line need not fit into memory, and no other gets into it.
  private static final class ByLine extends ByRequest {
    private static final byte LINE_FEED = '\n';

    @Override
    int whole(ByteBuffer chunk) {
      int i = chunk.limit();
      while (i > chunk.position() && chunk.get(i - 1) != LINE_FEED) {
        i--;
      }
      return i - chunk.position();
    }

    @Override
    boolean added(Slot slot, int whole, int rest) {
      if (whole > 0) {
        slot.whole = slot.bytes - rest;
        ask(slot);
      }
      return slot == holder || slot.asked;
    }

    @Override
    boolean hasNext(Slot slot) {
      return !slot.chunks.isEmpty() && (slot.whole > 0 || slot.insideLine || slot.full);
    }

    @Override
    @Nullable ByteBuffer next(Slot slot) {
      if (!hasNext(slot)) {
        return null;
      }
      ByteBuffer next = take(slot);
      slot.insideLine = next.get(next.limit() - 1) != LINE_FEED;
      if (!slot.insideLine) {
        holder = null;
        if (slot.whole > 0 || slot.report != null) {
          ask(slot);
        }
      }
      return next;
    }

    private static ByteBuffer take(Slot slot) {
      ByteBuffer chunk = slot.chunks.remove();
      if (slot.whole == 0 || slot.whole >= chunk.remaining()) {
        slot.whole = Math.max(0, slot.whole - chunk.remaining());
        return chunk;
      }
      int size = (int) slot.whole;
      slot.whole = 0;
      ByteBuffer rest = chunk.slice(chunk.position() + size, chunk.remaining() - size);
      // A copy, or the rest of a line would keep the lines before it in memory.
      slot.chunks.addFirst(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
      return chunk.limit(chunk.position() + size);
    }

    @Override
    boolean needsLineEnd(Slot slot) {
      return slot.bytes > slot.whole || (slot.insideLine && slot.bytes == 0);
    }
  }
}
