package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;

/// One shard's place in the merge stage. Its fields are guarded by the stage's lock.
public final class Slot implements ShardOutput {
  private static final int PIECE = 1 << 20;

  final Shard shard;
  final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();

  /// Where its rejected records wait: with those of others, if their order does not matter.
  final RejectQueue rejects;

  /// Bytes of input that are held for as long as the slot is there.
  final long inputBytes;

  /// Bytes in `chunks`.
  long bytes;

  /// Bytes of results ever added.
  long written;

  /// Of these, how many there are up to the end of the last line; only where lines matter.
  long whole;

  /// Whether the slot is in the queue for the floor.
  boolean asked;

  /// Whether its worker waits because the slot can take no more.
  boolean full;

  /// Whether what was passed on last did not end a line; only where lines matter.
  boolean insideLine;

  /// Whether nothing more is taken, see [#refuse].
  boolean refused;

  @Nullable ShardReport report;

  /// The slot of the tail that comes right behind this shard; see [MergeStage#openTail].
  @Nullable Slot tail;

  private final MergeStage stage;

  Slot(MergeStage stage, Shard shard, RejectQueue rejects) {
    this.stage = stage;
    this.shard = shard;
    this.rejects = rejects;
    this.inputBytes = shard.data() instanceof ShardData.Bytes ? shard.length() : 0;
  }

  /// Makes a shard's report once the size of its output is known.
  @FunctionalInterface
  public interface Report {
    ShardReport of(long outputBytes);
  }

  /// Passes the chunk on in pieces, so that a result of any size is never held twice.
  @Override
  public boolean write(ByteBuffer chunk) {
    int end = chunk.limit();
    for (int from = chunk.position(); from < end; from += PIECE) {
      if (!stage.add(this, chunk.slice(from, Math.min(PIECE, end - from)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    return stage.reject(this, chunk);
  }

  /// Takes nothing more: whoever writes is told that nobody wants it, also who waits right now. For
  /// a shard that is cut short. Any thread; returns at once.
  public void refuse() {
    stage.refuse(this);
  }

  /// The shard is done; nothing is written any more. Whoever calls sees to it that nobody else
  /// does: the worker's thread, or the one that took its place.
  ///
  /// @return the report
  public ShardReport end(Report report) {
    return stage.end(this, report);
  }

  ShardReport report() {
    return Objects.requireNonNull(report);
  }
}
