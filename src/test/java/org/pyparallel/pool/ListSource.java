package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.workload.ShardSource;

/// Hands out a list of shards, and may then break off or wait.
final class ListSource implements ShardSource {
  private enum End {
    REGULAR,
    FAILURE,
    WAIT
  }

  private final List<Shard> shards;
  private final End end;

  // Guarded by this.
  private int next;
  private final Set<Integer> breaks = new TreeSet<>();
  private boolean closed;

  private ListSource(List<Shard> shards, End end) {
    this.shards = List.copyOf(shards);
    this.end = end;
  }

  /// Shards of one source, none of which knows how many records come before it.
  static ListSource of(String... texts) {
    List<Shard> shards = new ArrayList<>();
    long offset = 0;
    for (String text : texts) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
      shards.add(new Shard(shards.size(), "in", offset, -1, new ShardData.Bytes(bytes)));
      offset += bytes.remaining();
    }
    return new ListSource(shards, End.REGULAR);
  }

  static ListSource ofShards(Shard... shards) {
    return new ListSource(List.of(shards), End.REGULAR);
  }

  /// Shards of a line each: `line 0`, `line 1` and so on.
  static ListSource lines(int count) {
    return of(IntStream.range(0, count).mapToObj(i -> "line " + i + "\n").toArray(String[]::new));
  }

  /// The same shards, after which the input cannot be read on.
  ListSource thenFailing() {
    ListSource source = new ListSource(shards, End.FAILURE);
    source.breaks.add(shards.size());
    return source;
  }

  /// The same shards, but a source of the input breaks off before each of these.
  ListSource breakingBefore(Integer... indexes) {
    ListSource source = new ListSource(shards, end);
    source.breaks.addAll(List.of(indexes));
    return source;
  }

  /// The same shards, after which the input neither goes on nor ends, until it is closed.
  ListSource thenWaiting() {
    return new ListSource(shards, End.WAIT);
  }

  @Override
  public synchronized @Nullable Shard next() {
    if (closed) {
      return null;
    }
    if (breaks.remove(next)) {
      String message = next == shards.size() ? "in: broken off" : "in: broken off at " + next;
      throw new PyParallelException.InputFailed(message, new IOException("broken off"));
    }
    if (next < shards.size()) {
      return shards.get(next++);
    }
    if (end == End.WAIT) {
      awaitClose();
    }
    return null;
  }

  @Override
  public synchronized boolean goesOn() {
    return !closed && (next < shards.size() || !breaks.isEmpty());
  }

  private void awaitClose() {
    while (!closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new AssertionError("workers are interrupted inside their interpreter only", e);
      }
    }
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(shards.stream().mapToLong(Shard::length).sum());
  }

  @Override
  public OptionalLong shardCount() {
    return end == End.REGULAR ? OptionalLong.of(shards.size()) : OptionalLong.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public String toString() {
    return Arrays.toString(shards.toArray());
  }
}
