package org.pyparallel.workload;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Makes compressed files for tests.
final class Archives {
  private Archives() {}

  /// Members (streams, frames) one behind the other.
  static byte[] of(Compression compression, String... members) {
    var archive = new ByteArrayOutputStream();
    for (String member : members) {
      archive.writeBytes(of(compression, member.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return archive.toByteArray();
  }

  /// One member.
  static byte[] of(Compression compression, byte[] content) {
    var archive = new ByteArrayOutputStream();
    try (OutputStream out = compressor(compression, archive)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive.toByteArray();
  }

  private static OutputStream compressor(Compression compression, OutputStream archive)
      throws IOException {
    return switch (compression) {
      case GZIP -> new GZIPOutputStream(archive);
      case BZIP2 -> new BZip2CompressorOutputStream(archive, 1);
      case XZ -> new XZOutputStream(archive, smallDictionary());
      case ZSTD -> new ZstdOutputStreamNoFinalizer(archive).setChecksum(true);
    };
  }

  private static LZMA2Options smallDictionary() throws IOException {
    var options = new LZMA2Options(0);
    options.setDictSize(64 << 10);
    return options;
  }

  /// A zstd frame that carries nothing for the decoder.
  static byte[] skippableFrame(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(8 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x184d2a53)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static String suffix(Compression compression) {
    return switch (compression) {
      case GZIP -> ".gz";
      case BZIP2 -> ".bz2";
      case XZ -> ".xz";
      case ZSTD -> ".zst";
    };
  }
}
