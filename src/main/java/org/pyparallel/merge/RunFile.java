package org.pyparallel.merge;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Writes a run into a file.
final class RunFile implements RunMerge.Target {
  private static final int CAPACITY = 256 << 10;
  private static final int SIZES = 8;

  private final TemporaryRuns files;
  private final boolean framed;
  private final int level;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
  private long size;

  /// @param framed whether some of the results have keys that are not their lines
  /// @param level of the run that is made
  RunFile(TemporaryRuns files, boolean framed, int level) {
    this.files = files;
    this.framed = framed;
    this.level = level;
    this.file = files.create();
  }

  @Override
  public void take(RunReader result) {
    ByteBuffer from = result.memory().bytes();
    int lineLength = result.lineLength();
    if (!framed) {
      put(from, result.lineStart(), lineLength);
      room(1);
      buffer.put((byte) '\n');
      return;
    }
    room(SIZES + 1);
    if (result.keyIsLine()) {
      buffer.putInt(RunReader.LINE_IS_KEY).putInt(lineLength);
    } else {
      buffer.putInt(result.keyLength() + 1).putInt(lineLength).put((byte) result.kind());
      put(from, result.keyStart(), result.keyLength());
    }
    put(from, result.lineStart(), lineLength);
  }

  /// Takes the bytes of a run as they are.
  void put(ByteBuffer chunk) {
    flush();
    size += chunk.remaining();
    files.write(file, chunk);
  }

  private void put(ByteBuffer from, int start, int length) {
    if (length > CAPACITY) {
      put(from.slice(start, length));
      return;
    }
    room(length);
    buffer.put(buffer.position(), from, start, length);
    buffer.position(buffer.position() + length);
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    buffer.flip();
    size += buffer.remaining();
    files.write(file, buffer);
    buffer.clear();
  }

  /// Ends the run.
  Run.InFile finish() {
    flush();
    return new Run.InFile(framed, file, size, level);
  }
}
