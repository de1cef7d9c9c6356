package org.pyparallel.workload;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;

/// Works through its sources one after the other and numbers their pieces.
///
/// One lock makes the order: whoever holds it is the one thread that asks the current splitter, be
/// it that this waits for a stream. [#close] goes without the lock, and so does not wait: it raises
/// a flag that every way out of the splitter looks at. The first source is opened at once, so that
/// a stream is being read while the interpreters still start.
final class SplitSource implements ShardSource {
  /// @param name as the user knows it
  /// @param opener makes the splitter when its turn has come; cheap
  record Part(String name, Supplier<Splitter> opener) {}

  private record Open(String name, Splitter splitter) {}

  private final OptionalLong totalBytes;
  private final OptionalLong shardCount;
  private final Iterator<Part> parts;
  private final ReentrantLock lock = new ReentrantLock();
  private long index;
  private volatile @Nullable Open current;
  private volatile boolean closed;

  SplitSource(List<Part> parts, OptionalLong totalBytes, OptionalLong shardCount) {
    this.parts = parts.iterator();
    this.totalBytes = totalBytes;
    this.shardCount = shardCount;
    openNext();
  }

  @Override
  public @Nullable Shard next() {
    lock.lock();
    try {
      for (Open open = current; open != null; open = openNext()) {
        Splitter.Piece piece = closed ? null : open.splitter.next();
        if (closed) {
          return null;
        }
        if (piece != null) {
          return piece.shard(index++, open.name);
        }
        open.splitter.close();
      }
      return null;
    } catch (PyParallelException.InputFailed e) {
      if (closed) {
        return null;
      }
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Open openNext() {
    Open next = null;
    if (parts.hasNext()) {
      Part part = parts.next();
      next = new Open(part.name, part.opener.get());
    }
    current = next;
    if (closed && next != null) {
      next.splitter.close();
    }
    return next;
  }

  @Override
  public OptionalLong totalBytes() {
    return totalBytes;
  }

  @Override
  public OptionalLong shardCount() {
    return shardCount;
  }

  @Override
  public void close() {
    closed = true;
    Open open = current;
    if (open != null) {
      open.splitter.close();
    }
  }
}
