package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;
import org.pyparallel.journal.Recording;

/// The output of a shard on its way past the journal. For one thread, its worker's.
///
/// Of a shard that is tried several times only what the last attempt gave is kept: whoever holds
/// output back passes on what counts, and else says [#restart] before each attempt.
final class JournaledOutput implements ShardOutput {
  private final Shard shard;
  private final ShardOutput output;
  private final @Nullable Reduction reduction;
  private final @Nullable Recording recording;

  JournaledOutput(
      Shard shard,
      ShardOutput output,
      @Nullable Reduction reduction,
      @Nullable Recording recording) {
    this.shard = shard;
    this.output = output;
    this.reduction = reduction;
    this.recording = recording;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    if (recording != null) {
      recording.output(chunk);
    }
    return output.write(chunk);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    if (recording != null) {
      recording.reject(chunk);
    }
    return output.reject(chunk);
  }

  @Override
  public void loaded(ByteBuffer bytes) {
    if (recording != null) {
      recording.loaded(bytes);
    }
    output.loaded(bytes);
  }

  @Override
  public boolean wanted() {
    return output.wanted();
  }

  @Override
  public boolean give(ShardCut cut) {
    return output.give(cut);
  }

  /// The shard is tried again from its start.
  void restart() {
    if (recording != null) {
      recording.restart();
    }
  }

  /// The shard has ended: takes up what it left in its interpreter, and keeps it if it is done.
  ///
  /// @param interpreter which ran it
  void end(ShardResult result, Interpreter interpreter) {
    if (recording == null) {
      if (reduction != null) {
        reduction.add(shard, interpreter);
      }
      return;
    }
    if (reduction == null) {
      recording.end(result);
      return;
    }
    ByteBuffer taken = reduction.take(shard, interpreter);
    if (taken != null) {
      recording.partial(taken);
    }
    recording.end(taken == null ? new ShardResult.Interrupted() : result);
    reduction.add(shard, taken == null ? TakenBytes.NOTHING : taken, interpreter);
  }
}
