package org.pyparallel.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One row of a table as it is written: fields between delimiters, in quotes where they hold a
/// delimiter, a line end or a quote, which is doubled.
///
/// Rows come in pieces that are cut anywhere. Fields are never unquoted to rearrange them.
final class TableRow {
  private static final byte QUOTE = '"';
  private static final byte LINE_FEED = '\n';
  private static final int ORDINARY = 1 << 10;

  /// A larger room is given back after use.
  private static final int LARGE = 1 << 20;

  private final byte delimiter;
  private byte[] bytes = new byte[ORDINARY];
  private int length;
  private boolean quoted;

  TableRow(byte delimiter) {
    this.delimiter = delimiter;
  }

  /// Takes bytes up to the end of the row, or all of them if it is not among them.
  ///
  /// @return whether the row is complete now; the line feed that ends it is taken and not kept
  boolean take(ByteBuffer more) {
    while (more.hasRemaining()) {
      byte next = more.get();
      if (next == LINE_FEED && !quoted) {
        return true;
      }
      if (next == QUOTE) {
        quoted = !quoted; // a doubled one leaves the quotes and enters them again
      }
      append(next);
    }
    return false;
  }

  private void append(byte next) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(length, length));
    }
    bytes[length++] = next;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /// Forgets the row.
  void clear() {
    length = 0;
    quoted = false;
    if (bytes.length > LARGE) {
      bytes = new byte[ORDINARY];
    }
  }

  /// The fields as they are written, a byte for each character; an empty one in quotes is `""`.
  List<String> fields() {
    int[] ends = ends();
    List<String> fields = new ArrayList<>(ends.length);
    int start = 0;
    for (int end : ends) {
      fields.add(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
      start = end + 1;
    }
    return fields;
  }

  /// The row with its line feed.
  ByteBuffer whole() {
    byte[] copy = Arrays.copyOf(bytes, length + 1);
    copy[length] = LINE_FEED;
    return ByteBuffer.wrap(copy);
  }

  /// The row with other fields, and its line feed.
  ///
  /// @param order the numbers of the fields to take, from 0; -1 for an empty one
  ByteBuffer rearranged(int[] order) {
    int[] ends = ends();
    ByteBuffer result = ByteBuffer.allocate(length + order.length + 1);
    for (int i = 0; i < order.length; i++) {
      if (i > 0) {
        result.put(delimiter);
      }
      int field = order[i];
      if (field >= 0 && field < ends.length) {
        int start = field == 0 ? 0 : ends[field - 1] + 1;
        result.put(bytes, start, ends[field] - start);
      }
    }
    return result.put(LINE_FEED).flip();
  }

  /// Where the fields end, exclusive.
  private int[] ends() {
    int[] ends = new int[8];
    int count = 0;
    boolean inside = false;
    for (int i = 0; i <= length; i++) {
      if (i < length && bytes[i] == QUOTE) {
        inside = !inside;
      }
      if (i == length || (bytes[i] == delimiter && !inside)) {
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = i;
      }
    }
    return Arrays.copyOf(ends, count);
  }
}
