package org.pyparallel.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.pyparallel.job.PyParallelException;

/// Prints what a user asked to read: help, versions, tables. Results of a run take another way.
final class StandardOutput {
  private StandardOutput() {}

  /// Prints text as UTF-8; quiet if nobody reads it to the end.
  ///
  /// @throws PyParallelException.OutputFailed if it cannot be written
  static void print(WritableByteChannel stdout, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      while (bytes.hasRemaining()) {
        stdout.write(bytes);
      }
    } catch (IOException e) {
      String reason = FileProblem.of(e);
      if (!reason.equals("Broken pipe")) {
        throw new PyParallelException.OutputFailed("cannot write to standard output: " + reason, e);
      }
    }
  }
}
