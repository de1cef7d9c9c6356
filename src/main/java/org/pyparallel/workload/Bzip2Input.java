package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Decompresses a bzip2 file of any number of streams.
///
/// Taken from the decoder byte by byte, which is how the decoder makes them: its own loop loses the
/// bytes before a damaged place.
final class Bzip2Input extends InputStream {
  private final BZip2CompressorInputStream decoder;
  private @Nullable Exception failure;

  private Bzip2Input(InputStream source) throws IOException {
    decoder = new BZip2CompressorInputStream(source, true);
  }

  /// @param source at the start of the file; not closed
  static InputStream on(InputStream source) throws IOException {
    return new Bzip2Input(source);
  }

  @Override
  public int read() throws IOException {
    return decoder.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    try {
      for (int next = 0; count < length && failure == null; count++) {
        next = decoder.read();
        if (next < 0) {
          return count > 0 ? count : -1;
        }
        target[offset + count] = (byte) next;
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
    if (count == 0 && failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return count;
  }
}
