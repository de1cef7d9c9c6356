package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardOutput;

/// The output of an attempt, held back until it is known whether it counts: then it goes on as a
/// whole, or is forgotten as a whole.
final class HeldOutput implements AttemptOutput {
  // Guarded by this.
  private final HeldBytes results;
  private final HeldBytes rejects;
  private boolean refused;

  private final @Nullable ShardOutput observer;

  /// @param folder for temporary files
  /// @param observer sees the shard's bytes; null for nobody
  HeldOutput(Path folder, @Nullable ShardOutput observer) {
    this.observer = observer;
    this.results = new HeldBytes(folder);
    this.rejects = new HeldBytes(folder);
  }

  @Override
  public synchronized boolean write(ByteBuffer chunk) {
    if (!refused) {
      results.add(chunk);
    }
    return !refused;
  }

  @Override
  public synchronized boolean reject(ByteBuffer chunk) {
    if (!refused) {
      rejects.add(chunk);
    }
    return !refused;
  }

  @Override
  public synchronized void loaded(ByteBuffer bytes) {
    if (observer != null && !refused) {
      observer.loaded(bytes);
    }
  }

  @Override
  public synchronized void refuse() {
    refused = true;
  }

  @Override
  public HeldOutput held() {
    return this;
  }

  @Override
  public long waitedNanos() {
    return 0;
  }

  /// Passes everything on; not while an attempt goes on.
  ///
  /// @return whether it was taken
  boolean passTo(ShardOutput target) {
    return results.passTo(target::write) && passRejectsTo(target);
  }

  /// Passes on what was rejected, and nothing else.
  ///
  /// @return whether it was taken
  boolean passRejectsTo(ShardOutput target) {
    return rejects.passTo(target::reject);
  }

  @Override
  public synchronized void drop() {
    refused = true;
    results.drop();
    rejects.drop();
  }
}
