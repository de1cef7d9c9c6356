package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A field of a table's row, quotes included.
///
/// @param number from 1
record ColumnKey(int number, byte delimiter) implements RecordKey {
  @Override
  public boolean find(ByteBuffer buffer, int from, int to, Span key) {
    int end = RecordKey.withoutLineEnd(buffer, from, to);
    int start = from;
    for (int field = 1; field < number && start <= end; field++) {
      start = fieldEnd(buffer, start, end) + 1;
    }
    if (start > end) {
      key.set(end, end);
    } else {
      key.set(start, fieldEnd(buffer, start, end));
    }
    return end > from;
  }

  private int fieldEnd(ByteBuffer buffer, int from, int to) {
    int at = from;
    if (at < to && buffer.get(at) == '"') {
      at = closingQuote(buffer, at + 1, to);
    }
    while (at < to && buffer.get(at) != delimiter) {
      at++;
    }
    return at;
  }

  /// The index behind the quote that ends what stands between quotes.
  private static int closingQuote(ByteBuffer buffer, int from, int to) {
    for (int at = from; at < to; at++) {
      if (buffer.get(at) == '"') {
        if (at + 1 == to || buffer.get(at + 1) != '"') {
          return at + 1;
        }
        at++;
      }
    }
    return to;
  }

  /// The fields of a row, without the quotes around them.
  static List<String> columns(String row, byte delimiter) {
    ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(ISO_8859_1));
    var columns = new ArrayList<String>();
    var field = new ColumnKey(1, delimiter);
    for (int from = 0, to; from <= bytes.limit(); from = to + 1) {
      to = field.fieldEnd(bytes, from, bytes.limit());
      columns.add(unquoted(row.substring(from, to)));
    }
    return columns;
  }

  private static String unquoted(String field) {
    if (!field.startsWith("\"")) {
      return field;
    }
    var text = new StringBuilder(field.length());
    int at = 1;
    for (; at < field.length(); at++) {
      if (field.charAt(at) == '"') {
        at++;
        if (at == field.length() || field.charAt(at) != '"') {
          break;
        }
      }
      text.append(field.charAt(at));
    }
    return text.append(field, Math.min(at, field.length()), field.length()).toString();
  }
}
