package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Takes down what a shard gives while it is being worked on. For one thread; [#end] is called once
/// in any case.
///
/// What is little is kept until the shard has ended. What is more is written as it comes, and cut
/// off again if the shard fails.
public final class Recording {
  private static final int SMALLEST = 1 << 12;
  private static final int LARGEST = 1 << 17;

  private final Journal journal;
  private final Shard shard;
  private final ShardKey key;
  private final FileIdentity identity;
  private final ShardChecksum input = new ShardChecksum();
  private final CRC32C sum = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(SMALLEST);
  private @Nullable Appender appender;
  private long start;

  Recording(Journal journal, Shard shard, ShardKey key, FileIdentity identity) {
    this.journal = journal;
    this.shard = shard;
    this.key = key;
    this.identity = identity;
  }

  /// Sees the shard's bytes, in the order in which they stand there.
  public void loaded(ByteBuffer bytes) {
    input.add(bytes);
  }

  /// The next bytes of its results.
  ///
  /// @throws PyParallelException.OutputFailed if they cannot be written
  public void output(ByteBuffer bytes) {
    put(Pieces.OUTPUT, bytes);
  }

  /// The next bytes of its rejected records.
  ///
  /// @throws PyParallelException.OutputFailed if they cannot be written
  public void reject(ByteBuffer bytes) {
    put(Pieces.REJECTS, bytes);
  }

  /// The next bytes of its partial result.
  ///
  /// @throws PyParallelException.OutputFailed if they cannot be written
  public void partial(ByteBuffer bytes) {
    put(Pieces.PARTIAL, bytes);
  }

  private void put(byte kind, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return;
    }
    append(Pieces.head(kind, bytes.remaining()));
    append(bytes.duplicate());
  }

  private void append(ByteBuffer bytes) {
    if (bytes.remaining() > buffer.remaining()) {
      makeRoom(bytes.remaining());
    }
    if (bytes.remaining() > buffer.remaining()) {
      write(bytes);
    } else {
      buffer.put(bytes);
    }
  }

  private void makeRoom(int size) {
    if (appender == null && buffer.position() + size <= LARGEST) {
      int doubled = Math.max(2 * buffer.capacity(), buffer.position() + size);
      buffer = ByteBuffer.allocate(Math.min(doubled, LARGEST)).put(buffer.flip());
      return;
    }
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    try {
      opened();
      sum.update(bytes.duplicate());
      appender().write(bytes);
    } catch (IOException e) {
      throw journal.broke(e);
    }
  }

  private void opened() throws IOException {
    if (appender == null) {
      appender = journal.acquire();
      start = appender.dataLength();
    }
  }

  private Appender appender() {
    return java.util.Objects.requireNonNull(appender);
  }

  /// Forgets what the shard gave so far: it is tried again.
  ///
  /// @throws PyParallelException.OutputFailed if that is not possible
  public void restart() {
    input.reset();
    sum.reset();
    buffer.clear();
    if (appender != null) {
      try {
        appender.retreat(start);
      } catch (IOException e) {
        throw journal.broke(e);
      }
    }
  }

  /// The shard has ended. It is kept if it was [ShardResult.Finished], else forgotten.
  ///
  /// @throws PyParallelException.OutputFailed if it cannot be kept
  public void end(ShardResult result) {
    try {
      if (result instanceof ShardResult.Finished finished) {
        keep(finished);
      } else {
        restart();
      }
    } finally {
      Appender used = appender;
      appender = null;
      if (used != null) {
        journal.release(used);
      }
    }
  }

  private void keep(ShardResult.Finished result) {
    write(buffer.flip());
    buffer.clear();
    var region =
        new ShardEntry.Region(start, appender().dataLength() - start, (int) sum.getValue());
    try {
      appender().add(new ShardEntry(key, identity, inputSum(), region, result));
    } catch (IOException e) {
      throw journal.broke(e);
    }
  }

  /// The sum of the shard's bytes; null where not all of them were seen.
  private ShardChecksum.@Nullable Sum inputSum() {
    if (shard.data() instanceof ShardData.Bytes(ByteBuffer bytes)) {
      return ShardChecksum.of(bytes);
    }
    ShardChecksum.Sum seen = input.sum();
    return seen.length() == shard.length() ? seen : null;
  }
}
