package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.util.List;
import org.pyparallel.job.Format;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;

/// Finds the bytes of a record that say to which group it belongs. Used by one thread at a time.
interface RecordKey {
  /// Bytes of a buffer. Not thread-safe.
  final class Span {
    int from;
    int to;

    void set(int newFrom, int newTo) {
      from = newFrom;
      to = newTo;
    }
  }

  /// Looks into one record.
  ///
  /// @param from its first byte
  /// @param to behind its last byte, line end included
  /// @param key set to the key as it is written; empty where the record has none
  /// @return whether there is a record: blank lines belong to whatever group is around them
  boolean find(ByteBuffer buffer, int from, int to, Span key);

  /// The index behind what a record is without its line end.
  static int withoutLineEnd(ByteBuffer buffer, int from, int to) {
    int end = to;
    while (end > from && (buffer.get(end - 1) == '\n' || buffer.get(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /// The key of a plan that asks for groups.
  ///
  /// @param source the source's name
  /// @throws PyParallelException.InputFailed if the header lacks the column
  static RecordKey of(RunPlan plan, String source, SourceHead head) {
    String name = plan.formatOptions().groupBy().orElseThrow();
    byte delimiter = (byte) plan.formatOptions().delimiter();
    return switch (plan.format()) {
      case LINES, VALUES ->
          delimiter == ' ' ? new FieldKey(number(name)) : new CutKey(number(name), delimiter);
      case JSONL -> new MemberKey(name);
      case CSV, TSV -> new ColumnKey(column(name, source, head, delimiter), delimiter);
      case JSON, RECORDS, TEXT, BYTES, FILES, NULL, ARGS, RANGE ->
          throw new IllegalArgumentException("no groups in " + plan.format());
    };
  }

  /// Refuses what no input could make good.
  ///
  /// @throws PyParallelException.Usage as said
  static void check(RunPlan plan) {
    if (plan.formatOptions().groupBy().isEmpty()) {
      return;
    }
    String name = plan.formatOptions().groupBy().get();
    Format format = plan.format();
    boolean numbers =
        format == Format.LINES
            || format == Format.VALUES
            || (format.isTable() && !plan.formatOptions().header());
    if (!numbers && !format.isTable() && format != Format.JSONL) {
      throw new PyParallelException.Usage(
          "--group-by needs records with fields, and --format "
              + format.label()
              + " has none: use lines, jsonl, csv or tsv");
    }
    if (numbers && number(name) < 1) {
      throw new PyParallelException.Usage(
          "--group-by "
              + shown(name)
              + " names a field, and there "
              + (format.isTable() ? "is no header" : "are no names in lines")
              + ": give the field's number, from 1");
    }
  }

  private static int column(String name, String source, SourceHead head, byte delimiter) {
    int number = number(name);
    if (!head.hasRow()) {
      return number;
    }
    List<String> columns = ColumnKey.columns(head.row(), delimiter);
    int index = columns.indexOf(name);
    if (index >= 0) {
      return index + 1;
    }
    if (number >= 1 && number <= columns.size()) {
      return number;
    }
    throw InputFailures.noColumn(
        source, shown(name), columns.stream().map(RecordKey::shown).collect(joining(", ")));
  }

  /// A number from 1, or 0 where the text is none.
  private static int number(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String shown(String latin1) {
    return "'" + new String(latin1.getBytes(ISO_8859_1), UTF_8) + "'";
  }
}
