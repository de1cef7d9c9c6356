package org.pyparallel.workload;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.pyparallel.workload.CompressedInput.TooLargeException;

/// Decompresses a zstd file of any number of frames.
///
/// The library's own stream takes a file that ends inside its second frame for a whole one, so this
/// one feeds the decoder itself. Its buffers are freed with it: there may be many files. For one
/// thread.
final class ZstdInput extends InputStream {
  /// How much is handed to the decoder at a time, in bytes. What a call had made before a damaged
  /// place is lost, hence not more.
  private static final int IN = 16 << 10;

  private static final int OUT = 8 << 10;

  private final InputStream source;
  private final ZstdDecompressCtx decoder;
  private final Arena arena = Arena.ofConfined();
  private final byte[] read = new byte[IN];
  private final ByteBuffer in = arena.allocate(IN).asByteBuffer().limit(0);
  private final ByteBuffer out = arena.allocate(OUT).asByteBuffer();
  private boolean inFrame;
  private boolean mayHoldMore;

  private ZstdInput(InputStream source, ZstdDecompressCtx decoder) {
    this.source = source;
    this.decoder = decoder;
  }

  /// @param source at the start of the file; not closed
  /// @throws LinkageError if the native library cannot be loaded
  static InputStream on(InputStream source) {
    return new ZstdInput(source, new ZstdDecompressCtx());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (length > 0) {
      if (!in.hasRemaining() && !mayHoldMore && !fill()) {
        return -1;
      }
      out.clear().limit(Math.min(length, OUT));
      try {
        inFrame = !decoder.decompressDirectByteBufferStream(out, in);
      } catch (ZstdException e) {
        if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
          throw new TooLargeException("to decompress it takes more than 128 MiB of memory", e);
        }
        throw new IOException(e.getMessage(), e);
      }
      mayHoldMore = inFrame && !out.hasRemaining();
      int count = out.flip().remaining();
      if (count > 0) {
        out.get(target, offset, count);
        return count;
      }
    }
    return 0;
  }

  private boolean fill() throws IOException {
    int count = source.read(read, 0, IN);
    if (count < 0) {
      if (inFrame) {
        throw new EOFException();
      }
      return false;
    }
    in.clear().put(read, 0, count).flip();
    return true;
  }

  @Override
  public void close() {
    decoder.close();
    arena.close();
  }
}
