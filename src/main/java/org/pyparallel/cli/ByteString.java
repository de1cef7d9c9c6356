package org.pyparallel.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads text that stands for bytes: UTF-8, and the escapes `\n`, `\t`, `\r`, `\0`, `\xHH` and
/// `\\`.
final class ByteString {
  private ByteString() {}

  /// Reads one.
  ///
  /// @return the bytes as characters of the same number (Latin-1)
  /// @throws IllegalArgumentException if an escape is none of these; the message says which
  static String parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = 0;
    while (next < text.length()) {
      int backslash = text.indexOf('\\', next);
      int end = backslash < 0 ? text.length() : backslash;
      bytes.writeBytes(text.substring(next, end).getBytes(StandardCharsets.UTF_8));
      next = end;
      if (backslash >= 0) {
        next += escape(text, backslash, bytes);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /// Reads the escape at a backslash; returns its length.
  private static int escape(String text, int backslash, ByteArrayOutputStream bytes) {
    char kind = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
    switch (kind) {
      case 'n' -> bytes.write('\n');
      case 't' -> bytes.write('\t');
      case 'r' -> bytes.write('\r');
      case '0' -> bytes.write(0);
      case '\\' -> bytes.write('\\');
      case 'x' -> {
        int high = digit(text, backslash + 2);
        int low = digit(text, backslash + 3);
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              "\\x needs two hexadecimal digits after it, as in \\x1e");
        }
        bytes.write(16 * high + low);
        return 4;
      }
      default ->
          throw new IllegalArgumentException(
              "a \\ goes before n, t, r, 0, xHH or another \\, and nothing else");
    }
    return 2;
  }

  private static int digit(String text, int at) {
    return at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
  }
}
