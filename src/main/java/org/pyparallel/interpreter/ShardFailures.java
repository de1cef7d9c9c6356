package org.pyparallel.interpreter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// Results of shards that never reached the script.
public final class ShardFailures {
  private ShardFailures() {}

  /// The shard's bytes could not be read: the shard fails, the run goes on.
  public static ShardResult unreadable(Shard shard, IOException trouble) {
    String reason =
        trouble instanceof NoSuchFileException
            ? "the file is gone: it was there when the run started"
            : String.valueOf(trouble.getMessage());
    String message = "cannot read " + shard.source() + ": " + reason;
    PythonError error = new PythonError(-1, "OSError", message, List.of(), "OSError: " + message);
    return new ShardResult.Failed(0, 0, List.of(error));
  }
}
