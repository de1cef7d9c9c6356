package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// A file of the input as it was found when the source was opened.
///
/// @param path as the user named it
/// @param size in bytes; 0 where it is not read by range
/// @param access how it has to be read
/// @param compression what its name says of its contents, or null for nothing
record InputFile(Path path, long size, Access access, @Nullable Compression compression) {
  /// How a file can be read.
  enum Access {
    /// At any position, by several threads.
    BY_RANGE,
    /// From the start, and whenever it suits: a compressed file.
    FROM_START,
    /// Once, from the start, and when its turn has come: a FIFO, a device, or a file that does not
    /// tell its size, as those under `/proc`.
    AS_STREAM
  }

  /// Looks at a file, following links.
  ///
  /// @throws PyParallelException.InputFailed if it is missing, a folder, or not to be read
  static InputFile at(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new FileSystemException(path.toString(), null, InputFailures.A_FOLDER);
      }
      if (!Files.isReadable(path)) {
        throw new AccessDeniedException(path.toString());
      }
      long size = attributes.size();
      Compression compression = Compression.of(path.toString());
      if (!attributes.isRegularFile() || (size == 0 && !isEmpty(path))) {
        return new InputFile(path, 0, Access.AS_STREAM, compression);
      }
      return compression == null
          ? new InputFile(path, size, Access.BY_RANGE, null)
          : new InputFile(path, 0, Access.FROM_START, compression);
    } catch (IOException e) {
      throw InputFailures.cannotRead(path.toString(), e);
    }
  }

  String name() {
    return path.toString();
  }

  /// How to open it to be read from its start, decompressed.
  ReadAhead.Opener opener() {
    Compression by = compression;
    return by == null ? () -> Files.newInputStream(path) : new Decompression(path, by);
  }

  private record Decompression(Path path, Compression compression) implements ReadAhead.Opener {
    /// What makes it worth to begin with a file before its turn.
    private static final int LEAST_AHEAD = 2 << 20;

    @Override
    public InputStream open() throws IOException {
      return CompressedInput.of(path, compression);
    }

    @Override
    public int leastAhead() {
      return LEAST_AHEAD;
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    }
  }
}
