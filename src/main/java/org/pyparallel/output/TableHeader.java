package org.pyparallel.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of a table's columns, which stand above its first row, or nowhere.
final class TableHeader {
  private static final String REMEDY =
      "; give every result the same names, or use --output-format jsonl";

  private final Map<String, Integer> columns = new HashMap<>();

  /// @param first the first marker: the names, or an empty row where there are none
  TableHeader(TableRow first) {
    if (!first.isEmpty()) {
      List<String> names = first.fields();
      for (int i = 0; i < names.size(); i++) {
        columns.put(name(names.get(i)), i);
      }
    }
  }

  /// A row has a name that the header lacks.
  static final class UnknownColumn extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownColumn(String message) {
      super(message, null, false, false);
    }
  }

  /// How rows with these names come under the header.
  ///
  /// @param names a further marker
  /// @return for each column the number of the field that belongs there, or -1; null where the rows
  ///   are to pass as they are
  int @Nullable [] order(TableRow names) throws UnknownColumn {
    if (names.isEmpty()) {
      return null;
    }
    List<String> fields = names.fields();
    int[] order = new int[columns.size()];
    Arrays.fill(order, -1);
    boolean same = fields.size() == order.length;
    for (int i = 0; i < fields.size(); i++) {
      Integer column = columns.get(name(fields.get(i)));
      if (column == null) {
        throw unknown(fields.get(i));
      }
      order[column] = i;
      same &= column == i;
    }
    return same ? null : order;
  }

  private UnknownColumn unknown(String name) {
    String column = "has a column '" + readable(name) + "'";
    return new UnknownColumn(
        columns.isEmpty()
            ? column + ", but the first row had no names, so there is no header" + REMEDY
            : column + ", which the header lacks, as it has the names of the first row" + REMEDY);
  }

  /// An empty name is in quotes where it is the only one.
  private static String name(String field) {
    return field.equals("\"\"") ? "" : field;
  }

  private static String readable(String name) {
    String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.startsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }
}
