package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A new file that is only appended to.
interface AppendFile extends AutoCloseable {
  /// Makes such files.
  interface Maker {
    /// @throws IOException if it cannot be made, or is there already
    AppendFile make(Path path) throws IOException;
  }

  /// Appends all bytes between position and limit.
  void write(ByteBuffer bytes) throws IOException;

  /// Cuts off what is behind `size` bytes.
  void truncate(long size) throws IOException;

  /// Makes sure that what was written is on the disk. Any thread.
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /// A file of the file system.
  static AppendFile make(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return new AppendFile() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size).position(size);
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
