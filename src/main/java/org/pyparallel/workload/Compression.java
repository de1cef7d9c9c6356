package org.pyparallel.workload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the contents of a file are compressed, which its name tells.
///
/// Each decoder is in a class of its own that is loaded with the first file it is for, since most
/// runs have none. Hence the factory methods that return an [InputStream]: to check the return of a
/// `new`, the verifier would load the class at every start.
public enum Compression {
  GZIP(".gz", "\u001f\u008b"),
  BZIP2(".bz2", "BZh"),
  XZ(".xz", "\u00fd7zXZ\0"),
  ZSTD(".zst", "(\u00b5/\u00fd");

  /// How many bytes at the start of a file tell of all of these what it is.
  static final int MAGIC_BYTES = 6;

  /// The compressed bytes.
  @FunctionalInterface
  interface Source {
    /// The bytes from the start; what an earlier call returned is not used any more.
    ///
    /// @throws IOException if the file cannot be opened, or not twice
    InputStream open() throws IOException;
  }

  private final String suffix;

  /// What a file begins with, a byte in a character.
  private final String magic;

  Compression(String suffix, String magic) {
    this.suffix = suffix;
    this.magic = magic;
  }

  /// What the name of a file says, in letters of any case; null for a file that is read as it is.
  public static @Nullable Compression of(String name) {
    for (Compression compression : values()) {
      int length = compression.suffix.length();
      if (name.regionMatches(true, name.length() - length, compression.suffix, 0, length)) {
        return compression;
      }
    }
    return null;
  }

  /// The name of what is inside: `a.csv` for `a.csv.gz`, and the name itself for one that says
  /// nothing of compression.
  public static String contentName(String name) {
    Compression compression = of(name);
    return compression == null
        ? name
        : name.substring(0, name.length() - compression.suffix.length());
  }

  /// What the first bytes of a file say; null for none of these.
  static @Nullable Compression ofContent(byte[] head, int length) {
    for (Compression compression : values()) {
      if (length >= compression.magic.length() && compression.isMagic(head, length)) {
        return compression;
      }
    }
    return null;
  }

  /// Whether a file may begin so.
  ///
  /// @param length how many bytes of `head` are there; fewer than [#MAGIC_BYTES] at the end of the
  ///   file only
  boolean isMagic(byte[] head, int length) {
    for (int i = 0; i < Math.min(length, magic.length()); i++) {
      if ((head[i] & 0xff) != magic.charAt(i)) {
        return this == ZSTD && isSkippableFrame(head, length);
      }
    }
    return true;
  }

  /// What a zstd file may begin with too; `pzstd` writes such files.
  private static boolean isSkippableFrame(byte[] head, int length) {
    return (head[0] & 0xf0) == 0x50
        && (length < 2 || head[1] == 0x2a)
        && (length < 3 || head[2] == 0x4d)
        && (length < 4 || head[3] == 0x18);
  }

  /// Decompresses. What it gives before it fails is good, and it gives all it can.
  ///
  /// @throws IOException if the source cannot be opened, or does not begin as it should
  InputStream decoder(Source source) throws IOException {
    return switch (this) {
      case GZIP -> GzipInput.on(source.open());
      case BZIP2 -> Bzip2Input.on(source.open());
      case XZ -> XzInput.on(source);
      case ZSTD -> ZstdInput.on(source.open());
    };
  }

  /// How many files may be decompressed ahead at a time, from 1 to `workers`: as many as the memory
  /// is there for.
  int filesAtOnce(int workers) {
    if (this != XZ) {
      return workers;
    }
    long room = Runtime.getRuntime().maxMemory() / 4;
    return (int) Math.clamp(room / XzInput.USUAL_MEMORY, 1L, workers);
  }

  /// The name of the format, which is that of the program too.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
