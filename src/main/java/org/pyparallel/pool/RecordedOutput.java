package org.pyparallel.pool;

import java.nio.ByteBuffer;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.ShardResult;
import org.pyparallel.journal.Recording;

/// What a shard gives, on its way past the journal. Once [#end] was called nothing goes this way
/// any more, however late it comes. Safe for use by several threads, of which one at a time has the
/// shard.
final class RecordedOutput implements ShardOutput {
  private final ShardOutput output;

  // Guarded by this.
  private final Recording recording;
  private boolean ended;

  RecordedOutput(ShardOutput output, Recording recording) {
    this.output = output;
    this.recording = recording;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    synchronized (this) {
      if (ended) {
        return false;
      }
      recording.output(chunk);
    }
    return output.write(chunk);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    synchronized (this) {
      if (ended) {
        return false;
      }
      recording.reject(chunk);
    }
    return output.reject(chunk);
  }

  @Override
  public synchronized void loaded(ByteBuffer bytes) {
    if (!ended) {
      recording.loaded(bytes);
    }
  }

  /// Forgets what came so far: the shard is tried again.
  synchronized void restart() {
    recording.restart();
  }

  /// Keeps what the shard was reduced to.
  synchronized void partial(ByteBuffer taken) {
    recording.partial(taken);
  }

  /// The shard has ended, and is kept if it is done. Idempotent: the first result counts.
  synchronized void end(ShardResult result) {
    if (!ended) {
      ended = true;
      recording.end(result);
    }
  }
}
