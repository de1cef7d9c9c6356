package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;

/// One shard's place in the merge stage. Its fields are guarded by the stage's lock.
///
/// Results and rejected records share it: what holds for the order and the amount of the ones holds
/// for both together.
public final class Slot implements ShardOutput {
  private static final int PIECE = 1 << 20;

  final Shard shard;
  final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

  /// Bytes of input that are held for as long as the slot is there.
  final long inputBytes;

  /// Bytes in `chunks`.
  long bytes;

  /// Bytes of results ever added.
  long written;

  /// Whether the slot is or was in the queue for the floor.
  boolean asked;

  @Nullable ShardReport report;

  private final MergeStage stage;

  Slot(MergeStage stage, Shard shard) {
    this.stage = stage;
    this.shard = shard;
    this.inputBytes = shard.data() instanceof ShardData.Bytes ? shard.length() : 0;
  }

  /// What bytes are.
  enum Channel {
    RESULTS,
    REJECTS
  }

  /// Bytes on their way.
  record Chunk(Channel channel, ByteBuffer bytes) {
    void writeTo(ResultSink sink, Shard shard) throws IOException {
      switch (channel) {
        case RESULTS -> sink.write(shard, bytes);
        case REJECTS -> sink.reject(shard, bytes);
      }
    }
  }

  /// Makes a shard's report once the size of its output is known.
  @FunctionalInterface
  public interface Report {
    ShardReport of(long outputBytes);
  }

  /// Passes the chunk on in pieces, so that a result of any size is never held twice.
  @Override
  public boolean write(ByteBuffer chunk) {
    return add(Channel.RESULTS, chunk);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    return add(Channel.REJECTS, chunk);
  }

  private boolean add(Channel channel, ByteBuffer chunk) {
    int end = chunk.limit();
    for (int from = chunk.position(); from < end; from += PIECE) {
      if (!stage.add(this, channel, chunk.slice(from, Math.min(PIECE, end - from)))) {
        return false;
      }
    }
    return true;
  }

  /// The shard is done; nothing is written any more. Worker's thread.
  ///
  /// @return the report
  public ShardReport end(Report report) {
    return stage.end(this, report);
  }

  ShardReport report() {
    return Objects.requireNonNull(report);
  }
}
