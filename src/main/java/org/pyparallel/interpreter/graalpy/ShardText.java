package org.pyparallel.interpreter.graalpy;

import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;

/// A shard's bytes as the driver sees them (`Data` in `_graalpy.py`): pieces of text, cut and
/// decoded here.
///
/// Public, like its exported methods, because guest code reaches nothing else.
public final class ShardText {
  /// Bytes decoded at a time, as in `_records.py`.
  private static final int PIECE = 1 << 14;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] bytes;
  private int position;
  private boolean decoded;
  private boolean closed;

  ShardText(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Passes over a leading byte order mark.
  ///
  /// @return its length in bytes, 0 where there is none
  @HostAccess.Export
  public int dropMark() {
    if (bytes.length >= 3 && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2]) {
      position = MARK.length;
    }
    return position;
  }

  /// The next piece, without the separator that ends it.
  ///
  /// @param separator the bytes at which pieces may be cut, found from left to right; each as the
  ///   character of the same number, at least one
  /// @return text, or where that is not valid UTF-8 its bytes as Latin-1 (see [#decoded]); null
  ///   after the last
  @HostAccess.Export
  public @Nullable String piece(String separator) {
    int start = position;
    if (start >= bytes.length) {
      return null;
    }
    int end = separator.length() == 1 ? end(start, separator.charAt(0)) : end(start, separator);
    closed = end < bytes.length;
    position = end + separator.length();
    return text(start, end);
  }

  private int end(int start, int separator) {
    int end = find(separator, (int) Math.min(start + (long) PIECE, bytes.length));
    if (end >= 0) {
      return end;
    }
    // The rest; its last record may lack the separator.
    return bytes[bytes.length - 1] == separator ? bytes.length - 1 : bytes.length;
  }

  /// Goes from one separator to the next: from anywhere else two of them that overlap could be
  /// taken for one.
  private int end(int start, String separator) {
    int width = separator.length();
    int enough = (int) Math.min(start + (long) PIECE, bytes.length);
    int end = find(separator, start);
    while (end < enough && end + width < bytes.length) {
      end = find(separator, end + width);
    }
    return end;
  }

  /// The rest in one piece; see [#piece].
  @HostAccess.Export
  public String rest() {
    return text(position, bytes.length);
  }

  private String text(int start, int end) {
    String text = Utf8.decode(bytes, start, end - start);
    decoded = text != null;
    return text != null ? text : new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /// Whether the last piece was valid UTF-8.
  @HostAccess.Export
  public boolean decoded() {
    return decoded;
  }

  /// Whether a separator ended the last piece.
  @HostAccess.Export
  public boolean closed() {
    return closed;
  }

  /// How many records there are when this byte ends them.
  @HostAccess.Export
  public int count(int terminator) {
    boolean unfinished = bytes.length > 0 && bytes[bytes.length - 1] != terminator;
    return unfinished ? occurrences(terminator) + 1 : occurrences(terminator);
  }

  /// How many line feeds there are.
  @HostAccess.Export
  public int lineFeeds() {
    return occurrences('\n');
  }

  private int occurrences(int value) {
    int count = 0;
    for (byte b : bytes) {
      if (b == value) {
        count++;
      }
    }
    return count;
  }

  /// All bytes, each as the character of the same number: the fastest way to make `bytes` of them.
  @HostAccess.Export
  public String latin1() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// The index of the next separator, or the number of bytes.
  private int find(String separator, int from) {
    int last = bytes.length - separator.length();
    for (int i = from; i <= last; i++) {
      int matched = 0;
      while (matched < separator.length()
          && (bytes[i + matched] & 0xff) == separator.charAt(matched)) {
        matched++;
      }
      if (matched == separator.length()) {
        return i;
      }
    }
    return bytes.length;
  }

  private int find(int value, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
