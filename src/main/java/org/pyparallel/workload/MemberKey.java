package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/// The value of a JSON object's member, as it is written; the first one of that name.
final class MemberKey implements RecordKey {
  private final byte[] name;

  /// @param name bytes as Latin-1; a name that is written with escapes is another one
  MemberKey(String name) {
    this.name = name.getBytes(ISO_8859_1);
  }

  @Override
  public boolean find(ByteBuffer buffer, int from, int to, Span key) {
    int at = pastBlanks(buffer, from, to);
    boolean blank = at == to;
    key.set(to, to);
    if (blank || buffer.get(at) != '{') {
      return !blank;
    }
    at = pastBlanks(buffer, at + 1, to);
    while (at < to && buffer.get(at) == '"') {
      int nameEnd = pastString(buffer, at, to);
      boolean found = isName(buffer, at + 1, nameEnd - 1);
      at = pastBlanks(buffer, nameEnd, to);
      if (at == to || buffer.get(at) != ':') {
        return true;
      }
      int value = pastBlanks(buffer, at + 1, to);
      at = pastValue(buffer, value, to);
      if (found) {
        key.set(value, withoutBlanks(buffer, value, at));
        return true;
      }
      at = pastBlanks(buffer, Math.min(at + 1, to), to);
    }
    return true;
  }

  private boolean isName(ByteBuffer buffer, int from, int to) {
    if (to - from != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (buffer.get(from + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /// The index behind the string that begins at `from`.
  private static int pastString(ByteBuffer buffer, int from, int to) {
    int at = from + 1;
    while (at < to && buffer.get(at) != '"') {
      at += buffer.get(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, to);
  }

  /// The index of the comma or brace behind a value.
  private static int pastValue(ByteBuffer buffer, int from, int to) {
    int depth = 0;
    int at = from;
    while (at < to) {
      byte value = buffer.get(at);
      if (depth == 0 && (value == ',' || value == '}')) {
        return at;
      }
      depth += value == '[' || value == '{' ? 1 : value == ']' || value == '}' ? -1 : 0;
      at = value == '"' ? pastString(buffer, at, to) : at + 1;
    }
    return to;
  }

  private static int pastBlanks(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at < to && isBlank(buffer.get(at))) {
      at++;
    }
    return at;
  }

  private static int withoutBlanks(ByteBuffer buffer, int from, int to) {
    int end = to;
    while (end > from && isBlank(buffer.get(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r' || value == '\n';
  }
}
