package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is in a compressed file, as a stream that tells in the user's words how the file is broken.
///
/// For one thread. The file is opened at once, and looked into with the first read.
final class CompressedInput extends InputStream {
  private final Path file;
  private final Compression compression;
  private CountedInput source;
  private @Nullable InputStream decoder;
  private boolean untouched = true;
  private long position;

  private CompressedInput(Path file, Compression compression) throws IOException {
    this.file = file;
    this.compression = compression;
    source = new CountedInput(Files.newInputStream(file));
  }

  /// @throws IOException if the file cannot be opened
  static InputStream of(Path file, Compression compression) throws IOException {
    return new CompressedInput(file, compression);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int count = decoder().read(target, offset, length);
      position += Math.max(0, count);
      return count;
    } catch (CompressedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw told(e);
    } catch (LinkageError e) {
      throw new CompressedFileException(
          "no decoder for " + compression.label() + " can be loaded here (" + e + "); " + piped(),
          e);
    }
  }

  private InputStream decoder() throws IOException {
    InputStream open = decoder;
    if (open == null) {
      checkContent();
      open = compression.decoder(this::source);
      decoder = open;
    }
    return open;
  }

  private InputStream source() throws IOException {
    if (!untouched) {
      if (!Files.isRegularFile(file)) {
        throw new IOException("it can be read only once");
      }
      source.close();
      source = new CountedInput(Files.newInputStream(file));
    }
    untouched = false;
    return source;
  }

  private void checkContent() throws IOException {
    byte[] head = new byte[Compression.MAGIC_BYTES];
    int length = source.peek(head);
    if (length == 0) {
      throw new CompressedFileException(
          "it is empty, which no " + compression.label() + " file is; copy it again", null);
    }
    if (!compression.isMagic(head, length)) {
      Compression other = Compression.ofContent(head, length);
      throw new CompressedFileException(
          "it is not compressed with "
              + compression.label()
              + (other == null ? "" : " but with " + other.label())
              + ", whatever its name says; rename it",
          null);
    }
  }

  /// Tells a broken file from one that cannot be read.
  private IOException told(Exception cause) {
    IOException failure = source.failure();
    if (failure != null) {
      return failure;
    }
    if (cause instanceof TooLargeException) {
      return new CompressedFileException(cause.getMessage() + "; " + piped(), cause);
    }
    StringBuilder text = new StringBuilder();
    text.append(source.exhausted() ? "it ends too early, at byte " : "it is damaged near byte ");
    number(text, source.position()).append(" (byte ");
    number(text, position).append(" when decompressed)");
    if (!source.exhausted() && cause.getMessage() != null) {
      text.append(": ").append(cause.getMessage());
    }
    text.append("; check it with '").append(compression.label()).append(" -t' and copy it again");
    return new CompressedFileException(text.toString(), cause);
  }

  private String piped() {
    return "decompress it outside: " + compression.label() + " -dc FILE | pyparallel ...";
  }

  private static StringBuilder number(StringBuilder text, long number) {
    return text.append(String.format(Locale.ROOT, "%,d", number));
  }

  @Override
  public void close() throws IOException {
    try (CountedInput closedLast = source) {
      InputStream open = decoder;
      if (open != null) {
        open.close();
      }
    }
  }

  /// A file that is not what it should be. The message says what is wrong with it and what to do.
  static final class CompressedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    CompressedFileException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// A file that takes more memory to decompress than is allowed. The message says how much.
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
