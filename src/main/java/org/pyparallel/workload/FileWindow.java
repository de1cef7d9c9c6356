package org.pyparallel.workload;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The part of a file that is being looked at, as it is walked over from its start. Used by one
/// thread at a time, except [#close].
final class FileWindow implements AutoCloseable {
  private static final int READ = 256 << 10;
  private static final int LARGEST = 1 << 30;

  private final PositionedFile file;
  private final long size;
  private final FileProbe.Memory memory;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long start;

  /// @param file whose size is where it ends, even if it grows
  FileWindow(InputFile file, FileProbe.Memory memory) {
    this.file = new PositionedFile(file.path());
    this.size = file.size();
    this.memory = memory;
  }

  /// Makes sure that there is something to look at.
  ///
  /// @param position of the next byte in the file, at most the window's end
  /// @param kept how many bytes before it must be there too; they are, or have been
  /// @return whether there is a byte at `position`; not at the end of the file, nor where it has
  ///   shrunk to
  /// @throws OutOfMemoryError if `kept` is too much
  boolean load(long position, int kept) throws IOException {
    if (position < end()) {
      return true;
    }
    if (kept > LARGEST) {
      throw new OutOfMemoryError("a record of 1 GiB");
    }
    ByteBuffer old = buffer;
    int room = (int) Math.min(size - position, Math.max(READ, kept));
    // The memory may be the same one: it has to reach as far as what is kept.
    buffer = memory.ofSize(Math.max(kept + room, old.limit()));
    buffer.put(0, old, (int) (position - kept - start), kept);
    start = position - kept;
    buffer.limit(kept + room).position(kept);
    int read = room == 0 ? -1 : file.read(buffer, position);
    buffer.limit(kept + Math.max(0, read)).position(0);
    return read > 0;
  }

  /// The bytes that are there; searchable.
  ByteBuffer buffer() {
    return buffer;
  }

  /// The index in the buffer of a byte of the file.
  int index(long position) {
    return (int) (position - start);
  }

  /// The position in the file of a byte in the buffer.
  long position(int index) {
    return start + index;
  }

  /// The position behind the last byte that is there.
  long end() {
    return start + buffer.limit();
  }

  /// Whether nothing comes behind what is there.
  boolean isLast() {
    return end() >= size;
  }

  /// Closes the file; a running [#load] fails. Idempotent; any thread.
  @Override
  public void close() {
    file.close();
  }
}
