package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about what becomes of results, and about messages.
final class OutputFlags {
  static final RunOption REDUCE =
      RunOption.text(
          Section.MERGING,
          "FUNCTION",
          "Make all results one: sum, count, min, max, mean, stats, uniq, top:N, histogram,"
              + " merge-dict, collect-by:KEY, or a function of the script that makes one of two."
              + " Default: reduce, where the script has a line that begins with \"def reduce(\";"
              + " none switches that off.",
          "--reduce");

  /// [#REDUCE] where there is no script with functions.
  static final RunOption REDUCE_BUILT_IN =
      RunOption.text(
          Section.MERGING,
          "FUNCTION",
          "Make all results one: sum, count, min, max, mean, stats, uniq, top:N, histogram,"
              + " merge-dict or collect-by:KEY.",
          "--reduce");

  static final RunOption SORT =
      RunOption.attached(
          Section.MERGING,
          "KEY",
          "Sort the results, by the item KEY of each (a name, or a number from 1) or as they are. A"
              + " leading - goes from the largest down: --sort=-size, --sort=-.",
          "--sort");
  static final RunOption UNIQUE =
      RunOption.flag(Section.MERGING, "Write each result only where it first occurs.", "--unique");
  static final RunOption KEEP_ORDER =
      RunOption.flag(
          Section.OUTPUT, "Results in the order of the input (default).", "-k", "--keep-order");
  static final RunOption UNORDERED =
      RunOption.flag(
          Section.OUTPUT,
          "Results as shards end; within a shard they stay in order.",
          "--unordered");
  static final RunOption GROUP =
      RunOption.flag(Section.OUTPUT, "The output of each shard in one piece (default).", "--group");
  static final RunOption LINE_BUFFER =
      RunOption.flag(
          Section.OUTPUT,
          "Results line by line as they come, those of several shards mixed.",
          "--line-buffer");
  static final RunOption TAG =
      RunOption.flag(
          Section.OUTPUT,
          "Begin each line of output with what it comes from, and a tab: the record where that is an"
              + " argument, a number, a path or an item that ends in NUL, else the input's name.",
          "--tag");
  static final RunOption OUTPUT_FORMAT =
      RunOption.choice(
          Section.OUTPUT,
          "FORMAT",
          List.of("text", "jsonl", "json", "csv", "tsv"),
          "How results are written: a str as a line, bytes raw and all else as JSON (text, the"
              + " default), one JSON value per line (jsonl), one JSON array (json), or rows of"
              + " fields with a header (csv, tsv).",
          "--output-format");
  static final RunOption JSON =
      RunOption.flag(
          Section.OUTPUT,
          "One JSON document with results, shards, errors and statistics (schema"
              + " pyparallel.run/1).",
          "--json");
  static final RunOption OUTPUT_FILE =
      RunOption.file(
          Section.OUTPUT,
          "FILE",
          "Write results there instead of to standard output; the file appears when it is"
              + " complete.",
          "-o",
          "--output");
  static final RunOption REJECTS =
      RunOption.file(
          Section.OUTPUT,
          "FILE",
          "Write each record that failed there, with its place, its error and its text, as a line of"
              + " JSON. Numbers the records, as --numbered does.",
          "--rejects");
  static final RunOption QUIET =
      RunOption.flag(
          Section.MESSAGES, "No progress and no summary; errors are still shown.", "-q", "--quiet");
  static final RunOption VERBOSE =
      RunOption.flag(
          Section.MESSAGES, "Also say at the end what the run has cost.", "-v", "--verbose");
  static final RunOption COLOR =
      RunOption.choice(
          Section.MESSAGES,
          "WHEN",
          List.of("auto", "always", "never"),
          "Colours in messages. Default: auto, on a terminal unless NO_COLOR is set.",
          "--color");
  static final RunOption HELP = RunOption.flag(Section.MESSAGES, "Show this help.", "-h", "--help");

  private OutputFlags() {}

  static List<RunOption> all() {
    return List.of(
        REDUCE,
        SORT,
        UNIQUE,
        KEEP_ORDER,
        UNORDERED,
        GROUP,
        LINE_BUFFER,
        TAG,
        OUTPUT_FORMAT,
        JSON,
        OUTPUT_FILE,
        REJECTS,
        QUIET,
        VERBOSE,
        COLOR,
        HELP);
  }
}
