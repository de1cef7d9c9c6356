package org.pyparallel.merge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Goes through the results of a run, and remembers where the last but one was.
///
/// Places are offsets in [#memory], which changes when a file is read on. For one thread.
final class RunReader {
  /// The first character of a string's key, see `_order.py`.
  static final int STRING = 6;

  /// The size of a framed key that is the line, as a string.
  static final int LINE_IS_KEY = -1;

  private static final int SIZES = 8;
  private static final int TAG_SHIFT = 56;

  private final boolean framed;
  private final @Nullable FileChannel file;
  private final long fileSize;
  private WideBuffer memory;
  private int position;
  private int end;
  private long read;

  // The current result. A key's first byte, its kind, is apart from the rest, since a plain line
  // has none.
  private int kind = STRING;
  private int keyStart;
  private int keyLength;
  private int lineStart;
  private int lineLength;

  private int lastKind;
  private int lastKeyStart;
  private int lastKeyLength;
  private int lastLineStart;
  private int lastLineLength;

  private RunReader(
      boolean framed,
      @Nullable FileChannel file,
      long fileSize,
      WideBuffer memory,
      int start,
      int end) {
    this.framed = framed;
    this.file = file;
    this.fileSize = fileSize;
    this.memory = memory;
    this.position = start;
    this.end = end;
    this.lineStart = start;
    this.keyStart = start;
  }

  /// @param window how much of a file is held, in bytes; more where a result is larger
  static RunReader of(Run run, int window) {
    return switch (run) {
      case Run.InMemory(boolean framed, WideBuffer memory, int start, int end) ->
          new RunReader(framed, null, 0, memory, start, end);
      case Run.InFile(boolean framed, FileChannel file, long size, int _) ->
          new RunReader(
              framed, file, size, new WideBuffer((int) Math.min(window, size + SIZES)), 0, 0);
    };
  }

  WideBuffer memory() {
    return memory;
  }

  int kind() {
    return kind;
  }

  int keyStart() {
    return keyStart;
  }

  int keyLength() {
    return keyLength;
  }

  int lineStart() {
    return lineStart;
  }

  int lineLength() {
    return lineLength;
  }

  /// Whether the key is the line. An empty key stands where its line begins, too.
  boolean keyIsLine() {
    return keyStart == lineStart && keyLength == lineLength && kind == STRING;
  }

  /// The kind and the first seven bytes of the key: never negative, and smaller where the key is.
  long prefix() {
    return (long) kind << TAG_SHIFT | memory.word(keyStart, keyStart + keyLength) >>> Byte.SIZE;
  }

  /// Goes on to the next result.
  ///
  /// @return false after the last
  boolean next() throws IOException {
    lastKind = kind;
    lastKeyStart = keyStart;
    lastKeyLength = keyLength;
    lastLineStart = lineStart;
    lastLineLength = lineLength;
    return framed ? nextFrame() : nextLine();
  }

  private boolean nextLine() throws IOException {
    int lineFeed = position < end ? memory.lineFeed(position, end) : -1;
    while (lineFeed < 0) {
      if (!readOn()) {
        return false;
      }
      lineFeed = memory.lineFeed(position, end);
    }
    lineStart = position;
    lineLength = lineFeed - position;
    keyStart = lineStart;
    keyLength = lineLength;
    position = lineFeed + 1;
    return true;
  }

  private boolean nextFrame() throws IOException {
    while (end - position < SIZES) {
      if (!readOn()) {
        return false;
      }
    }
    int keySize = memory.bytes().getInt(position);
    int lineSize = memory.bytes().getInt(position + Integer.BYTES);
    int ownKey = keySize == LINE_IS_KEY ? 0 : keySize;
    long size = (long) SIZES + ownKey + lineSize;
    while (end - position < size) {
      if (!readOn()) {
        throw new EOFException("a sorted run ends in the middle of a result");
      }
    }
    lineStart = position + SIZES + ownKey;
    lineLength = lineSize;
    if (keySize == LINE_IS_KEY) {
      kind = STRING;
      keyStart = lineStart;
      keyLength = lineSize;
    } else {
      kind = memory.bytes().get(position + SIZES);
      keyStart = position + SIZES + 1;
      keyLength = keySize - 1;
    }
    position += (int) size;
    return true;
  }

  /// Reads more of a file behind what is still needed: the last result, and what was not gone
  /// through.
  private boolean readOn() throws IOException {
    FileChannel open = file;
    if (open == null || read == fileSize) {
      return false;
    }
    int needed = Math.min(lastKeyStart, lastLineStart);
    int kept = end - needed;
    ByteBuffer from = memory.bytes().duplicate().limit(end).position(needed);
    if (kept > memory.capacity() / 2) {
      memory = new WideBuffer(Math.multiplyExact(memory.capacity(), 2));
    }
    ByteBuffer bytes = memory.bytes().duplicate();
    bytes.clear().limit(memory.capacity()).put(from);
    while (bytes.hasRemaining() && read < fileSize) {
      int count = open.read(bytes, read);
      if (count < 0) {
        throw new EOFException("a file of sorted results was cut");
      }
      read += count;
    }
    end = bytes.position();
    move(-needed);
    return true;
  }

  private void move(int by) {
    position += by;
    keyStart += by;
    lineStart += by;
    lastKeyStart += by;
    lastLineStart += by;
  }

  /// Compares the current result's key with another's.
  int compareKeys(RunReader other) {
    if (kind != other.kind) {
      return Integer.compare(kind, other.kind);
    }
    return WideBuffer.compare(
        memory, keyStart, keyLength, other.memory, other.keyStart, other.keyLength);
  }

  /// Compares the current result's line with another's.
  int compareLines(RunReader other) {
    return WideBuffer.compare(
        memory, lineStart, lineLength, other.memory, other.lineStart, other.lineLength);
  }

  /// Whether the current result is the same as the last one of another reader.
  boolean equalsLastOf(RunReader other) {
    return kind == other.lastKind
        && keyLength == other.lastKeyLength
        && lineLength == other.lastLineLength
        && WideBuffer.compare(
                memory, keyStart, keyLength, other.memory, other.lastKeyStart, keyLength)
            == 0
        && WideBuffer.compare(
                memory, lineStart, lineLength, other.memory, other.lastLineStart, lineLength)
            == 0;
  }
}
