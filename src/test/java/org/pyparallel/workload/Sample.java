package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;

/// An input with what is to be found in it, worked out character by character.
///
/// @param text bytes as Latin-1
/// @param head how many bytes come before the first shard
/// @param header the bytes that are every shard's preamble
/// @param ends behind every record that something ends
/// @param inArray which of them lie in a JSON array
record Sample(
    Format format,
    FormatOptions options,
    String text,
    int head,
    String header,
    TreeSet<Integer> ends,
    TreeSet<Integer> inArray) {
  private static final String MARK = "\u00ef\u00bb\u00bf";

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /// Where its last record ends at the latest.
  int size() {
    return text.length();
  }

  /// What a shard that begins there is told.
  String preamble(int start) {
    return inArray.contains(start) ? "[" : header;
  }

  static Sample any(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> table(random);
      case 2, 3 -> json(random);
      case 4 -> separated(random);
      case 5 -> started(random);
      case 6 -> groupedLines(random);
      default -> groupedTable(random);
    };
  }

  private static Sample of(
      Format format, FormatOptions options, String text, TreeSet<Integer> ends) {
    return new Sample(format, options, text, 0, "", ends, new TreeSet<>());
  }

  private static String soup(Random random, String... words) {
    var text = new StringBuilder();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      // Long words reach from one read to the next.
      boolean longWord = random.nextInt(400) == 0;
      String word = words[random.nextInt(words.length)];
      text.append(longWord ? word.repeat(random.nextInt(100_000)) : word);
    }
    return text.toString();
  }

  // ---- tables ---------------------------------------------------------------------------------

  static Sample table(Random random) {
    boolean header = random.nextBoolean();
    char delimiter = random.nextInt(3) == 0 ? ';' : ',';
    String text =
        soup(
            random, "\"", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "x", "\u00c3\u00a9", " ab c");
    return table(random.nextInt(4) == 0 ? MARK + text : text, delimiter, header);
  }

  static Sample table(String text, char delimiter, boolean header) {
    int mark = text.startsWith(MARK) ? MARK.length() : 0;
    int rowStart = mark;
    int head = 0;
    String row = "";
    if (header) {
      while (rowStart < text.length() && "\r\n".indexOf(text.charAt(rowStart)) >= 0) {
        rowStart++;
      }
      int rowEnd = rowEnd(text, rowStart, delimiter);
      row = text.substring(rowStart, rowEnd);
      head = text.startsWith("\r\n", rowEnd) ? rowEnd + 2 : Math.min(rowEnd + 1, text.length());
    }
    var ends = new TreeSet<Integer>();
    int at = Math.max(head, mark);
    while (at < text.length()) {
      int end = rowEnd(text, at, delimiter);
      // What a \r ends is a row for Python, but no place to cut.
      if (end < text.length() && text.charAt(end) == '\n') {
        ends.add(end + 1);
      }
      at = end + 1;
    }
    var options =
        new FormatOptions(
            delimiter, header, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    return new Sample(Format.CSV, options, text, head, row, ends, new TreeSet<>());
  }

  /// The states are those of Python's `_csv` module.
  private enum Csv {
    START_FIELD,
    IN_FIELD,
    IN_QUOTED_FIELD,
    QUOTE_IN_QUOTED_FIELD
  }

  /// The index of the line end that ends the row, or the text's.
  private static int rowEnd(String text, int from, char delimiter) {
    Csv state = Csv.START_FIELD;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd = c == '\n' || c == '\r';
      if (state == Csv.IN_QUOTED_FIELD) {
        state = c == '"' ? Csv.QUOTE_IN_QUOTED_FIELD : state;
      } else if (lineEnd) {
        return i;
      } else if (c == delimiter) {
        state = Csv.START_FIELD;
      } else if (c == '"' && state != Csv.IN_FIELD) {
        state = Csv.IN_QUOTED_FIELD;
      } else {
        state = Csv.IN_FIELD;
      }
    }
    return text.length();
  }

  // ---- JSON -----------------------------------------------------------------------------------

  static Sample json(Random random) {
    var json = new Json(random);
    if (random.nextInt(4) == 0) {
      json.text.append(MARK);
    }
    int values = random.nextInt(6);
    for (int i = 0; i < values; i++) {
      json.blanks();
      json.topLevel();
    }
    json.endPending(true);
    return new Sample(
        Format.JSON,
        FormatOptions.of(Format.JSON),
        json.text.toString(),
        0,
        "",
        json.ends,
        json.inArray);
  }

  /// Writes values and notes where they end.
  private static final class Json {
    final StringBuilder text = new StringBuilder();
    final TreeSet<Integer> ends = new TreeSet<>();
    final TreeSet<Integer> inArray = new TreeSet<>();
    private final Random random;
    private boolean pending;

    Json(Random random) {
      this.random = random;
    }

    /// Blanks behind a value up to the line's end belong to it.
    void endPending(boolean atEnd) {
      if (pending && !atEnd) {
        ends.add(text.length());
      }
      pending = false;
    }

    void blanks() {
      for (int i = random.nextInt(4); i > 0; i--) {
        char blank = " \t\r\n".charAt(random.nextInt(4));
        text.append(blank);
        if (pending && blank == '\n') {
          endPending(false);
        }
      }
    }

    private void insideBlanks() {
      int count = random.nextInt(20) == 0 ? random.nextInt(30) : random.nextInt(3);
      text.repeat(random.nextBoolean() ? " " : "\n", count);
    }

    void topLevel() {
      if (pending && random.nextBoolean()) {
        text.append('\n');
        endPending(false);
      }
      int kind = random.nextInt(4);
      if (kind < 3 && !text.isEmpty() && text.charAt(text.length() - 1) > ' ') {
        endPending(false);
      }
      if (pending) {
        text.append(' ');
        endPending(false);
      }
      switch (kind) {
        case 0 -> topLevelArray();
        case 1 -> object(2);
        case 2 -> string();
        default -> {
          text.append(random.nextBoolean() ? "null" : "-1.5e3");
          text.append(' ');
        }
      }
      pending = kind != 0 || pending;
    }

    private void topLevelArray() {
      text.append('[');
      int count = random.nextInt(3) == 0 ? random.nextInt(40) : random.nextInt(4);
      insideBlanks();
      for (int i = 0; i < count; i++) {
        value(3);
        insideBlanks();
        if (i < count - 1) {
          text.append(',');
          ends.add(text.length());
          inArray.add(text.length());
          insideBlanks();
        }
      }
      text.append(']');
      pending = count > 0;
    }

    private void value(int depth) {
      switch (random.nextInt(depth > 0 ? 6 : 3)) {
        case 0 -> text.append(random.nextInt());
        case 1, 2 -> string();
        case 3 -> array(depth - 1);
        default -> object(depth - 1);
      }
    }

    private void array(int depth) {
      text.append('[');
      insideBlanks();
      for (int i = random.nextInt(4); i > 0; i--) {
        value(depth);
        text.append(i > 1 ? "," : "");
        insideBlanks();
      }
      text.append(']');
    }

    private void object(int depth) {
      text.append('{');
      insideBlanks();
      for (int i = random.nextInt(4); i > 0; i--) {
        string();
        insideBlanks();
        text.append(':');
        value(depth);
        text.append(i > 1 ? "," : "");
        insideBlanks();
      }
      text.append('}');
    }

    private void string() {
      String[] words = {"\\\"", "\\\\", "[", "]", "{", "}", ",", "x", "\\u00e9", "\u00c3\u00a9"};
      text.append('"');
      int count = random.nextInt(50) == 0 ? random.nextInt(20_000) : random.nextInt(8);
      boolean plain = random.nextBoolean();
      for (int i = 0; i < count; i++) {
        text.append(plain ? "y" : words[random.nextInt(words.length)]);
      }
      text.append('"');
    }
  }

  // ---- records --------------------------------------------------------------------------------

  static Sample separated(Random random) {
    String separator =
        List.of("\n\n", "aba", "aab", "\r\n--\r\n", ";", "ab").get(random.nextInt(6));
    String text = soup(random, "\n", "a", "b", "ab", ";", "\r\n", "--", separator);
    var ends = new TreeSet<Integer>();
    int at = text.indexOf(separator);
    while (at >= 0) {
      ends.add(at + separator.length());
      at = text.indexOf(separator, at + separator.length());
    }
    return of(Format.RECORDS, records(Optional.of(separator), Optional.empty()), text, ends);
  }

  static Sample started(Random random) {
    String text = soup(random, "\n", "\n", "#", "# a", "b", "\r\n", "cc");
    var ends = new TreeSet<Integer>();
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i - 1) == '\n' && text.charAt(i) == '#') {
        ends.add(i);
      }
    }
    return of(Format.RECORDS, records(Optional.empty(), Optional.of("#")), text, ends);
  }

  private static FormatOptions records(Optional<String> separator, Optional<String> start) {
    return new FormatOptions(',', false, separator, start, Optional.empty(), 1);
  }

  // ---- groups ---------------------------------------------------------------------------------

  static Sample groupedLines(Random random) {
    String text = soup(random, "a 1\n", "a 2 x\n", "b  1\r\n", " b 2\n", "\n", "c", " 1", "\t2\n");
    var options =
        new FormatOptions(' ', false, Optional.empty(), Optional.empty(), Optional.of("2"), 1);
    return of(Format.LINES, options, text, groupEnds(text, 0, line -> field(line, 2)));
  }

  static Sample groupedTable(Random random) {
    String rows =
        soup(random, "1,a\n", "2,a\n", "\"1\n\",b\n", "3,\"a\"\n", "\n", "4,a,\r\n", "5\n");
    var options =
        new FormatOptions(',', true, Optional.empty(), Optional.empty(), Optional.of("key"), 1);
    String text = "id,key\r\n" + rows;
    int head = "id,key\r\n".length();
    var ends =
        groupEnds(
            text.replace("\"1\n\"", "\"1.\""),
            head,
            line -> {
              String[] fields = line.strip().split(",", -1);
              return fields.length < 2 ? "" : fields[1];
            });
    if (rows.startsWith("\n")) {
      // Blank rows have no key.
      ends.removeIf(end -> text.substring(head, end).isBlank());
    }
    return new Sample(Format.CSV, options, text, head, "id,key", ends, new TreeSet<>());
  }

  private static String field(String line, int number) {
    String[] fields = line.strip().split("[ \t\r\n]+", -1);
    return fields.length < number ? "" : fields[number - 1];
  }

  private static TreeSet<Integer> groupEnds(String text, int from, UnaryOperator<String> key) {
    var ends = new TreeSet<Integer>();
    @Nullable String last = null;
    int at = from;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end + 1;
      String line = text.substring(at, end);
      boolean skipped = from > 0 && line.isBlank();
      if (!skipped) {
        String next = key.apply(line);
        if (last != null && !last.equals(next)) {
          ends.add(at);
        }
        last = next;
      }
      at = end;
    }
    return ends;
  }
}
