package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.ShardResult;

/// A shard that an earlier run has finished.
public final class Replay {
  private final Path folder;
  private final Path data;
  private final ShardEntry entry;

  Replay(Path folder, Path data, ShardEntry entry) {
    this.folder = folder;
    this.data = data;
    this.entry = entry;
  }

  /// Takes what the shard gave, in the order in which it did. The bytes are between the buffers'
  /// position and limit, and only valid during the call.
  public interface Receiver {
    /// @return false when nothing further is wanted
    boolean output(ByteBuffer bytes);

    /// Takes bytes of rejected records.
    ///
    /// @return false when nothing further is wanted
    boolean reject(ByteBuffer bytes);

    /// Takes bytes of the partial result of a run that reduces.
    ///
    /// @return false when nothing further is wanted
    boolean partial(ByteBuffer bytes);
  }

  /// How it ended.
  public ShardResult.Finished result() {
    return entry.result();
  }

  /// Gives back what it gave, in bounded memory.
  ///
  /// @return false if the receiver wanted no more
  /// @throws PyParallelException.OutputFailed if it cannot be read any more
  public boolean to(Receiver receiver) {
    try {
      return Pieces.replay(data, entry.pieces(), receiver);
    } catch (IOException e) {
      throw Trouble.unreadable(folder, e);
    }
  }
}
