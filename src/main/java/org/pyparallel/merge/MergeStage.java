package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Takes the output of many shards at once and passes it on to one writer: shard by shard, or with
/// [Ordering#LINES] line by line.
///
/// Every shard has a [Slot]. One slot at a time has the [Floor]: its chunks go to the writer while
/// the shard is still running. The others collect a bounded number of bytes and then make their
/// workers wait. With [Ordering#INPUT] the floor goes by shard number, with [Ordering#COMPLETION]
/// to the slot that completed first, or that first had more than it may collect; with
/// [Ordering#LINES] it goes round.
///
/// Invariants: at most `window` shards are admitted and not yet written out, and fewer once they
/// hold much, so memory is bounded. Small shards get the larger window, so that one slow shard does
/// not make all workers wait for it. A shard is admitted before it is taken from its source, and
/// shards are taken in order; so the lowest unwritten shard always has a worker, gets the floor
/// without waiting for anybody, and the stage cannot lock up. A tail that a worker takes over from
/// another is not admitted: it has its worker before it has its slot, and the shards that wait for
/// it are already there.
///
/// One lock guards everything; it is never held while the sink is called.
public final class MergeStage {
  private static final long TOTAL_BYTES = 128L << 20;

  /// So much may be held before only the sure places are given.
  private static final long SMALL_BYTES = 32L << 20;

  private static final long MIN_SLOT_BYTES = 256L << 10;
  private static final long MAX_SLOT_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomForShards = lock.newCondition();
  private final Condition roomForBytes = lock.newCondition();
  private final Doorbell doorbell = new Doorbell(lock.newCondition());

  private final long slotBytes;
  private final int sure;
  private final int window;
  private final Map<Long, Slot> slots = new HashMap<>();
  private final Floor floor;
  private final boolean inOrder;

  /// The rejected records of all slots; null where they are in the order of the shards, each slot's
  /// in a queue of its own.
  private final @Nullable RejectQueue sharedRejects;

  private int underWay;
  private int open;

  /// Bytes of admitted shards that this process holds: input that came from a stream, and output.
  private long held;

  private boolean finished;
  private boolean stopped;

  /// A stage whose window does not depend on how large the shards are.
  ///
  /// @param window how many shards may be under way or waiting to be written; at least 1
  public MergeStage(Ordering ordering, int window) {
    this(ordering, window, window);
  }

  /// @param sure how many shards may be under way or waiting to be written, whatever their size; at
  ///   least 1
  /// @param window how many may be while they are small; at least `sure`
  public MergeStage(Ordering ordering, int sure, int window) {
    this.floor = Floor.of(ordering, slots);
    this.inOrder = ordering == Ordering.INPUT;
    this.sharedRejects = ordering == Ordering.INPUT ? null : new RejectQueue();
    this.sure = sure;
    this.window = window;
    this.slotBytes = Math.clamp(TOTAL_BYTES / sure, MIN_SLOT_BYTES, MAX_SLOT_BYTES);
  }

  /// Waits until one more shard may be taken from the source. Whoever then gets none calls
  /// [#decline].
  ///
  /// @return false when the stage is stopped: take no further shard
  public boolean admit() {
    lock.lock();
    try {
      while (isFull() && !stopped) {
        roomForShards.awaitUninterruptibly();
      }
      if (stopped) {
        return false;
      }
      underWay++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return underWay >= (held < SMALL_BYTES ? window : sure);
  }

  /// Gives back the place of a shard that was admitted and does not exist.
  public void decline() {
    lock.lock();
    try {
      underWay--;
      roomForShards.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Opens the slot of an admitted shard.
  public Slot open(Shard shard) {
    Slot slot = slot(shard);
    lock.lock();
    try {
      slots.put(shard.index(), slot);
      opened(slot);
      return slot;
    } finally {
      lock.unlock();
    }
  }

  /// Opens the slot of a tail: of what was cut off a shard that has not ended. It comes right
  /// behind that shard, before any tail that was cut off it earlier. Never waits; whoever calls has
  /// a worker for it.
  ///
  /// @param giver the shard's slot
  public Slot openTail(Slot giver, Shard tail) {
    Slot slot = slot(tail);
    lock.lock();
    try {
      slot.tail = giver.tail;
      giver.tail = slot;
      underWay++;
      opened(slot);
      return slot;
    } finally {
      lock.unlock();
    }
  }

  private Slot slot(Shard shard) {
    return new Slot(this, shard, sharedRejects == null ? new RejectQueue() : sharedRejects);
  }

  private void opened(Slot slot) {
    open++;
    held += slot.inputBytes;
  }

  /// Says that no further slot will be opened.
  public void finish() {
    lock.lock();
    try {
      finished = true;
      doorbell.ring();
    } finally {
      lock.unlock();
    }
  }

  /// Ends everything: waiting workers return, and [#drain] does once it would have to wait. With
  /// [Ordering#INPUT] nothing is written behind a shard that was interrupted.
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      roomForShards.signalAll();
      roomForBytes.signalAll();
      doorbell.ring();
    } finally {
      lock.unlock();
    }
  }

  /// Whether [#stop] was called or the sink failed.
  public boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /// Passes everything on to `sink`, until [#finish] was called and the last slot has ended. The
  /// calling thread is the one that calls the sink.
  ///
  /// @throws IOException the sink's; the stage is then stopped
  public void drain(ResultSink sink) throws IOException {
    boolean complete = false;
    lock.lock();
    try {
      while (true) {
        Slot slot = floor.holder();
        RejectQueue queue = rejects(slot);
        RejectQueue.Reject reject = queue == null ? null : queue.poll();
        ByteBuffer chunk = slot == null || reject != null ? null : floor.next(slot);
        if (reject != null) {
          passed(reject.bytes());
          unlocked(() -> sink.reject(reject.slot().shard, reject.bytes()));
        } else if (slot != null && chunk != null) {
          slot.bytes -= chunk.remaining();
          passed(chunk);
          unlocked(() -> sink.write(slot.shard, chunk));
        } else if (slot != null && slot.report != null) {
          close(slot);
          unlocked(() -> sink.endOfShard(slot.report()));
          if (stopped && inOrder && slot.report().result() instanceof ShardResult.Interrupted) {
            break; // what comes behind the gap would not be in its place
          }
        } else if (stopped || (finished && open == 0)) {
          break;
        } else {
          unlocked(sink::idle);
          if (nothingToDo()) {
            doorbell.await(open > 0);
          }
          continue;
        }
        doorbell.answered();
      }
      complete = true;
    } finally {
      if (!complete) {
        stopped = true;
        roomForShards.signalAll();
        roomForBytes.signalAll();
      }
      lock.unlock();
    }
  }

  /// The rejected records that may be written now.
  private @Nullable RejectQueue rejects(@Nullable Slot holder) {
    return sharedRejects != null || holder == null ? sharedRejects : holder.rejects;
  }

  private void passed(ByteBuffer bytes) {
    held -= bytes.remaining();
    roomForShards.signal();
    roomForBytes.signalAll();
  }

  private interface Output {
    void run() throws IOException;
  }

  private void unlocked(Output output) throws IOException {
    lock.unlock();
    try {
      output.run();
    } finally {
      lock.lock();
    }
  }

  private boolean nothingToDo() {
    Slot slot = floor.holder();
    boolean ready = slot != null && (floor.hasNext(slot) || slot.report != null);
    RejectQueue queue = rejects(slot);
    ready |= queue != null && !queue.isEmpty();
    return !ready && !stopped && !(finished && open == 0);
  }

  private void close(Slot slot) {
    slots.remove(slot.shard.index(), slot); // none where it is a tail's
    floor.close();
    open--;
    underWay--;
    held -= slot.inputBytes + slot.bytes;
    roomForShards.signal();
  }

  /// Called by a slot, on its worker's thread.
  boolean add(Slot slot, ByteBuffer chunk) {
    ByteBuffer copy = ByteBuffer.allocate(chunk.remaining()).put(chunk.duplicate()).flip();
    int whole = floor.whole(copy);
    lock.lock();
    try {
      while (isWanted(slot) && slot.bytes > 0 && slot.bytes + copy.remaining() > slotBytes) {
        slot.full = true;
        if (floor.ask(slot)) {
          doorbell.ring();
        }
        roomForBytes.awaitUninterruptibly();
      }
      slot.full = false;
      if (!isWanted(slot)) {
        return false;
      }
      put(slot, copy, whole);
      slot.written += copy.remaining();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Called by a slot, on its worker's thread.
  boolean reject(Slot slot, ByteBuffer lines) {
    ByteBuffer copy = ByteBuffer.allocate(lines.remaining()).put(lines.duplicate()).flip();
    lock.lock();
    try {
      while (isWanted(slot) && slot.rejects.bytes() > slotBytes) {
        roomForBytes.awaitUninterruptibly();
      }
      if (!isWanted(slot)) {
        return false;
      }
      slot.rejects.add(new RejectQueue.Reject(slot, copy));
      held += copy.remaining();
      doorbell.ring();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted(Slot slot) {
    return !stopped && !slot.refused;
  }

  /// Called by a slot, on any thread.
  void refuse(Slot slot) {
    lock.lock();
    try {
      slot.refused = true;
      roomForBytes.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void put(Slot slot, ByteBuffer chunk, int whole) {
    slot.chunks.add(chunk);
    slot.bytes += chunk.remaining();
    held += chunk.remaining();
    if (floor.added(slot, whole, chunk.remaining() - whole)) {
      doorbell.ring();
    }
  }

  /// Called by a slot, on its worker's thread.
  ShardReport end(Slot slot, Slot.Report report) {
    lock.lock();
    try {
      ShardReport made = report.of(slot.written);
      if (floor.needsLineEnd(slot) && !(made.result() instanceof ShardResult.Interrupted)) {
        put(slot, ByteBuffer.wrap(new byte[] {'\n'}), 1);
      }
      slot.report = made;
      if (floor.ask(slot)) {
        doorbell.ring();
      }
      return made;
    } finally {
      lock.unlock();
    }
  }
}
