package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about where records come from and what a record is. Spellings are GNU parallel's
/// where it has one.
final class InputFlags {
  static final RunOption FILES_FROM =
      RunOption.file(
          Section.INPUT,
          "FILE",
          "Also take the input files whose names are in FILE, one per line (- is standard input)."
              + " May be repeated.",
          "--files-from");
  static final RunOption ARG_FILE =
      RunOption.file(
          Section.INPUT,
          "FILE",
          "The lines of FILE are a list of records (- is standard input). May be repeated; these"
              + " lists go before those typed.",
          "-a",
          "--arg-file");
  static final RunOption LINK =
      RunOption.flag(
          Section.INPUT,
          "Go through several lists side by side, shorter ones again from their start, instead of"
              + " combining each word with each.",
          "--link");
  static final RunOption RANGE =
      RunOption.text(
          Section.INPUT,
          "A..B[..STEP]",
          "The whole numbers from A to B, both included, as records. 1_000 and 1e9 will do too.",
          "--range");
  static final RunOption NULL =
      RunOption.flag(
          Section.INPUT,
          "What --files-from, --arg-file or --format files read ends in NUL, not in a line end."
              + " Without any of these, short for --format null.",
          "-0",
          "--null");
  static final RunOption FORMAT =
      RunOption.choice(
          Section.RECORDS,
          "FORMAT",
          List.of(
              "lines", "jsonl", "json", "csv", "tsv", "values", "text", "bytes", "files", "null"),
          "What a record is: a line (lines), a JSON value per line (jsonl), JSON values one after"
              + " the other or the elements of one array (json), a row as a dict by the header's"
              + " names (csv, tsv), a JSON value per line where the line is one, else the line"
              + " (values), a whole shard as str (text) or as bytes (bytes), the path of an input"
              + " (files), or an item that ends in NUL (null). Default: what the first input's name"
              + " ends in, .gz and the like aside (.jsonl, .ndjson, .json, .csv, .tsv, .tab), else"
              + " lines; for the command reduce, values.",
          "--format");
  static final RunOption NO_HEADER =
      RunOption.flag(
          Section.RECORDS,
          "The first row of a table is a row like the others, and every row is a list.",
          "--no-header");
  static final RunOption DELIMITER =
      RunOption.text(
          Section.RECORDS,
          "CHAR",
          "What separates the fields of a row, and those of a line for --group-by: one ASCII"
              + " character, \\t or tab. Default: a comma for csv, a tab for tsv, blanks for"
              + " lines.",
          "--delimiter");
  static final RunOption RECSEP =
      RunOption.text(
          Section.RECORDS,
          "STR",
          "Records end in STR instead of a line end. \\n, \\t, \\r, \\0, \\xHH and \\\\ stand for"
              + " the bytes they usually do.",
          "--recsep");
  static final RunOption RECSTART =
      RunOption.text(
          Section.RECORDS,
          "REGEX",
          "A record begins with a line that REGEX matches at its start, and lasts until the next"
              + " such line.",
          "--recstart");
  static final RunOption GROUP_BY =
      RunOption.text(
          Section.RECORDS,
          "FIELD",
          "Consecutive records with the same FIELD, a name or a number from 1, stay in one shard.",
          "--group-by");
  static final RunOption ENCODING_ERRORS =
      RunOption.choice(
          Section.RECORDS,
          "MODE",
          List.of("strict", "replace", "surrogateescape"),
          "What happens to bytes that are not UTF-8, as in Python: the record fails (strict, the"
              + " default), U+FFFD stands in (replace), or they pass unchanged"
              + " (surrogateescape).",
          "--encoding-errors");

  private InputFlags() {}

  static List<RunOption> all() {
    return List.of(
        FILES_FROM,
        ARG_FILE,
        LINK,
        RANGE,
        NULL,
        FORMAT,
        NO_HEADER,
        DELIMITER,
        RECSEP,
        RECSTART,
        GROUP_BY,
        ENCODING_ERRORS);
  }
}
