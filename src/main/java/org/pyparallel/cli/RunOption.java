package org.pyparallel.cli;

import static org.pyparallel.cli.OptionDef.Section.INPUT;
import static org.pyparallel.cli.OptionDef.Section.MESSAGES;
import static org.pyparallel.cli.OptionDef.Section.OUTPUT;
import static org.pyparallel.cli.OptionDef.Section.SCRIPT;
import static org.pyparallel.cli.OptionDef.Section.SHARDING;
import static org.pyparallel.cli.OptionDef.Section.WORKERS;

import java.util.List;

/// The options of `run`. Spellings are GNU parallel's where it has one.
final class RunOption {
  static final OptionDef CALL =
      OptionDef.text(
          SCRIPT,
          List.of("--call"),
          "NAME",
          "Call this function of the script, once per record, instead of going by what the script"
              + " defines.");
  static final OptionDef FORMAT =
      OptionDef.choice(
          INPUT,
          List.of("--format"),
          "FORMAT",
          List.of("lines", "jsonl", "text", "bytes", "files", "null"),
          "What a record is: a line (lines), a JSON value per line (jsonl), a whole shard as str"
              + " (text) or as bytes (bytes), the path of an input (files), or an item that ends"
              + " in NUL (null). Default: jsonl where the first input ends in .jsonl or .ndjson,"
              + " else lines.");
  static final OptionDef NULL =
      OptionDef.flag(INPUT, List.of("-0", "--null"), "Short for --format null.");
  static final OptionDef ENCODING_ERRORS =
      OptionDef.choice(
          INPUT,
          List.of("--encoding-errors"),
          "MODE",
          List.of("strict", "replace", "surrogateescape"),
          "What happens to bytes that are not UTF-8, as in Python: the record fails (strict, the"
              + " default), U+FFFD stands in (replace), or they pass unchanged"
              + " (surrogateescape).");
  static final OptionDef BLOCK =
      OptionDef.text(
          SHARDING,
          List.of("--block"),
          "SIZE",
          "Shards of about this many bytes, rounded up to whole records. K, M and G count in 1024,"
              + " k, m and g in 1000. Default: by the size of the input.");
  static final OptionDef SHARDS =
      OptionDef.text(
          SHARDING,
          List.of("--shards"),
          "N",
          "This many shards of about equal size; needs input files.");
  static final OptionDef RECORDS_PER_SHARD =
      OptionDef.text(
          SHARDING, List.of("-N", "--records-per-shard"), "N", "Shards of exactly N records.");
  static final OptionDef WORKERS_COUNT =
      OptionDef.text(
          WORKERS,
          List.of("-j", "--workers"),
          "N",
          "How many interpreters run at once: a number, a share of the cores (50%), or a few more"
              + " or fewer than there are cores (+1, -1). Default: one per core this process may"
              + " use.");
  static final OptionDef RUNTIME =
      OptionDef.choice(
          WORKERS,
          List.of("--runtime"),
          "NAME",
          List.of("auto", "cpython", "graalpy"),
          "Which Python runs the script: cpython starts at once and knows the whole standard"
              + " library, graalpy compiles hot loops and takes a while to warm up. Default: auto,"
              + " which means cpython.");
  static final OptionDef KEEP_ORDER =
      OptionDef.flag(
          OUTPUT, List.of("-k", "--keep-order"), "Results in the order of the input (default).");
  static final OptionDef UNORDERED =
      OptionDef.flag(
          OUTPUT,
          List.of("--unordered"),
          "Results as shards end; within a shard they stay in order.");
  static final OptionDef OUTPUT_FORMAT =
      OptionDef.choice(
          OUTPUT,
          List.of("--output-format"),
          "FORMAT",
          List.of("text", "jsonl", "json"),
          "How results are written: a str as a line, bytes raw and all else as JSON (text, the"
              + " default), one JSON value per line (jsonl), or one JSON array (json).");
  static final OptionDef JSON =
      OptionDef.flag(
          OUTPUT,
          List.of("--json"),
          "One JSON document with results, shards, errors and statistics (schema"
              + " pyparallel.run/1).");
  static final OptionDef OUTPUT_FILE =
      OptionDef.file(
          OUTPUT,
          List.of("-o", "--output"),
          "FILE",
          "Write results there instead of to standard output; the file appears when it is"
              + " complete.");
  static final OptionDef QUIET =
      OptionDef.flag(
          MESSAGES,
          List.of("-q", "--quiet"),
          "No progress and no summary; errors are still shown.");
  static final OptionDef VERBOSE =
      OptionDef.flag(
          MESSAGES, List.of("-v", "--verbose"), "Also say at the end what the run has cost.");
  static final OptionDef COLOR =
      OptionDef.choice(
          MESSAGES,
          List.of("--color"),
          "WHEN",
          List.of("auto", "always", "never"),
          "Colours in messages. Default: auto, on a terminal unless NO_COLOR is set.");
  static final OptionDef HELP =
      OptionDef.flag(MESSAGES, List.of("-h", "--help"), "Show this help.");

  static final List<OptionDef> ALL =
      List.of(
          CALL,
          FORMAT,
          NULL,
          ENCODING_ERRORS,
          BLOCK,
          SHARDS,
          RECORDS_PER_SHARD,
          WORKERS_COUNT,
          RUNTIME,
          KEEP_ORDER,
          UNORDERED,
          OUTPUT_FORMAT,
          JSON,
          OUTPUT_FILE,
          QUIET,
          VERBOSE,
          COLOR,
          HELP);

  private RunOption() {}
}
