package org.pyparallel.workload;

import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.InputFailed;
import org.pyparallel.job.Shard;

/// Works through its sources one after the other and numbers their pieces.
///
/// One lock makes the order: whoever holds it is the one thread that asks the current splitter, be
/// it that this waits for a stream. [#close] goes without the lock, and so does not wait: it raises
/// a flag that every way out of the splitter looks at. The first source is opened at once, so that
/// a stream is being read while the interpreters still start; those behind it are opened early
/// where that reads ahead.
final class SplitSource implements ShardSource {
  /// @param name as the user knows it
  /// @param opener makes the splitter; cheap, and what cannot be read is for the splitter to say
  /// @param early whether the splitter may be made before its turn has come, because it then does
  ///   work on a thread of its own that does no harm to anybody
  record Part(String name, Supplier<Splitter> opener, boolean early) {
    /// A part that is opened when its turn has come.
    Part(String name, Supplier<Splitter> opener) {
      this(name, opener, false);
    }
  }

  private record Open(String name, Splitter splitter) {}

  private final OptionalLong totalBytes;
  private final OptionalLong shardCount;
  private final List<Part> parts;
  private final int mostEarly;
  private final ReentrantLock lock = new ReentrantLock();

  /// The parts behind the current one that are open.
  private final Queue<Open> early = new ConcurrentLinkedQueue<>();

  // Under the lock.
  private int unopened;
  private long index;

  private volatile @Nullable Open current;
  private volatile boolean closed;

  /// @param mostEarly how many sources may be open besides the current one
  SplitSource(List<Part> parts, OptionalLong totalBytes, OptionalLong shardCount, int mostEarly) {
    this.parts = parts;
    this.totalBytes = totalBytes;
    this.shardCount = shardCount;
    this.mostEarly = mostEarly;
    openNext();
  }

  SplitSource(List<Part> parts, OptionalLong totalBytes, OptionalLong shardCount) {
    this(parts, totalBytes, shardCount, 0);
  }

  @Override
  public @Nullable Shard next() {
    lock.lock();
    try {
      for (Open open = current; open != null; open = openNext()) {
        Splitter.Piece piece = closed ? null : piece(open);
        if (closed) {
          return null;
        }
        if (piece != null) {
          return piece.shard(index++, open.name);
        }
        open.splitter.close();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Splitter.@Nullable Piece piece(Open open) {
    try {
      return open.splitter.next();
    } catch (InputFailed e) {
      if (closed) {
        return null;
      }
      open.splitter.close();
      openNext();
      throw e;
    }
  }

  private @Nullable Open openNext() {
    Open next = early.poll();
    if (next == null && unopened < parts.size()) {
      next = open(parts.get(unopened++));
    }
    current = next;
    if (closed && next != null) {
      next.splitter.close();
    }
    openEarly();
    return next;
  }

  private void openEarly() {
    while (unopened < parts.size() && parts.get(unopened).early && early.size() < mostEarly) {
      if (closed) {
        return;
      }
      Open open = open(parts.get(unopened++));
      early.add(open);
      if (closed) {
        open.splitter.close();
      }
    }
  }

  private static Open open(Part part) {
    return new Open(part.name, part.opener.get());
  }

  @Override
  public boolean goesOn() {
    return !closed && current != null;
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
    for (Open next : early) {
      next.splitter.close();
    }
  }
}
