package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.workload.CompressedInput.TooLargeException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/// Decompresses an xz file of any number of streams.
///
/// The decoder gives nothing of an incomplete chunk, which takes up to 64 KiB in the file. And a
/// read of its that fails loses what it had before the damaged place. So all is decompressed again
/// then, up to where that read began, and byte by byte from there on.
final class XzInput extends InputStream {
  /// What the highest preset of `xz` takes to decompress, in bytes.
  static final long USUAL_MEMORY = 65 << 20;

  private static final int MOST_MEMORY_KIB = 128 << 10;

  private final Compression.Source source;
  private XZInputStream decoder;
  private long position;
  private boolean again;
  private @Nullable IOException failure;

  private XzInput(Compression.Source source) throws IOException {
    this.source = source;
    decoder = decoder();
  }

  /// @param source not closed
  static InputStream on(Compression.Source source) throws IOException {
    return new XzInput(source);
  }

  private XZInputStream decoder() throws IOException {
    return new XZInputStream(source.open(), MOST_MEMORY_KIB);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (again) {
      return readByByte(target, offset, length);
    }
    try {
      int count = decoder.read(target, offset, length);
      position += Math.max(0, count);
      return count;
    } catch (MemoryLimitException e) {
      throw tooLarge(e);
    } catch (IOException e) {
      startAgain(e);
      return readByByte(target, offset, length);
    }
  }

  private void startAgain(IOException why) throws IOException {
    again = true;
    try {
      decoder = decoder();
      decoder.skipNBytes(position);
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private int readByByte(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    try {
      while (count < length && failure == null) {
        int next = decoder.read();
        if (next < 0) {
          return count > 0 ? count : -1;
        }
        target[offset + count++] = (byte) next;
      }
    } catch (IOException e) {
      failure = e;
    }
    if (count == 0 && failure != null) {
      throw failure;
    }
    return count;
  }

  private static TooLargeException tooLarge(MemoryLimitException e) {
    return new TooLargeException(
        "to decompress it takes "
            + (e.getMemoryNeeded() >> 10)
            + " MiB of memory, more than the "
            + (MOST_MEMORY_KIB >> 10)
            + " MiB there are for a file",
        e);
  }
}
