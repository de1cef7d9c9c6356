package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A pair of files that one shard at a time is written to. For one thread at a time, except
/// [#force] and [#close].
final class Appender {
  private final AppendFile data;
  private final AppendFile index;
  private long dataLength;
  private long indexLength;

  /// Whether something was written that was not forced yet.
  private volatile boolean dirty;

  private volatile boolean closed;

  /// Makes the files.
  Appender(AppendFile.Maker maker, JournalFolder.Pair pair, String run) throws IOException {
    data = maker.make(pair.data());
    @Nullable AppendFile made = null;
    try {
      made = maker.make(pair.index());
      byte[] head = Index.head(run);
      made.write(ByteBuffer.wrap(head));
      indexLength = head.length;
      dirty = true;
    } catch (IOException e) {
      try (AppendFile first = data;
          AppendFile second = made) {
        throw e;
      }
    }
    index = made;
  }

  /// How much was written of data.
  long dataLength() {
    return dataLength;
  }

  void write(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    dirty = true;
    data.write(bytes);
    dataLength += size;
  }

  /// Forgets the data behind `length` bytes.
  void retreat(long length) throws IOException {
    if (length < dataLength) {
      data.truncate(length);
      dataLength = length;
    }
  }

  /// Says that a shard is done.
  void add(ShardEntry entry) throws IOException {
    ByteBuffer frame = Index.frame(entry.encoded());
    int size = frame.remaining();
    dirty = true;
    try {
      index.write(frame);
      indexLength += size;
    } catch (IOException e) {
      // Half of a frame would hide those behind it; but nothing comes behind it, should this fail.
      try {
        index.truncate(indexLength);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /// Makes sure that what was written is on the disk, data first.
  void force() throws IOException {
    if (dirty && !closed) {
      dirty = false;
      data.force();
      index.force();
    }
  }

  void close() throws IOException {
    closed = true;
    try (data;
        index) {
      dirty = false;
    }
  }
}
