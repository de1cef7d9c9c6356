package org.pyparallel.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Where a shard's bytes are.
public sealed interface ShardData {
  /// The number of bytes, or of integers.
  long length();

  /// A byte range of a file, which the worker reads itself.
  ///
  /// @param file a readable regular file
  /// @param offset the first byte, from 0
  /// @param length the number of bytes, from 0; the file may have shrunk since
  record FileRange(Path file, long offset, long length) implements ShardData {}

  /// Bytes that were read already, between the buffer's position and limit. Read-only: whoever
  /// reads them takes a `duplicate()`.
  record Bytes(ByteBuffer buffer) implements ShardData {
    @Override
    public long length() {
      return buffer.remaining();
    }
  }

  /// Integers, which no byte stands for.
  ///
  /// @param first the first
  /// @param count how many, at least 1
  /// @param step from one to the next, not 0
  record Range(long first, long count, long step) implements ShardData {
    @Override
    public long length() {
      return count;
    }
  }

  /// No data at all: the script runs once with the process's own standard input.
  record Nothing() implements ShardData {
    @Override
    public long length() {
      return 0;
    }
  }
}
