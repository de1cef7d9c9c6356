package org.pyparallel.cli;

import java.io.File;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// The options of `run`. Spellings are GNU parallel's where it has one.
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum RunOption {
  CALL(
      Section.SCRIPT,
      Kind.TEXT,
      "NAME",
      List.of(),
      "Call this function of the script, once per record, instead of going by what the script"
          + " defines.",
      "--call"),
  FORMAT(
      Section.INPUT,
      Kind.CHOICE,
      "FORMAT",
      List.of("lines", "jsonl", "text", "bytes", "files", "null"),
      "What a record is: a line (lines), a JSON value per line (jsonl), a whole shard as str"
          + " (text) or as bytes (bytes), the path of an input (files), or an item that ends"
          + " in NUL (null). Default: jsonl where the first input ends in .jsonl or .ndjson,"
          + " else lines.",
      "--format"),
  NULL(Section.INPUT, Kind.FLAG, "", List.of(), "Short for --format null.", "-0", "--null"),
  ENCODING_ERRORS(
      Section.INPUT,
      Kind.CHOICE,
      "MODE",
      List.of("strict", "replace", "surrogateescape"),
      "What happens to bytes that are not UTF-8, as in Python: the record fails (strict, the"
          + " default), U+FFFD stands in (replace), or they pass unchanged"
          + " (surrogateescape).",
      "--encoding-errors"),
  BLOCK(
      Section.SHARDING,
      Kind.TEXT,
      "SIZE",
      List.of(),
      "Shards of about this many bytes, rounded up to whole records. K, M and G count in 1024,"
          + " k, m and g in 1000. Default: by the size of the input.",
      "--block"),
  SHARDS(
      Section.SHARDING,
      Kind.TEXT,
      "N",
      List.of(),
      "This many shards of about equal size; needs input files.",
      "--shards"),
  RECORDS_PER_SHARD(
      Section.SHARDING,
      Kind.TEXT,
      "N",
      List.of(),
      "Shards of exactly N records.",
      "-N",
      "--records-per-shard"),
  WORKERS_COUNT(
      Section.WORKERS,
      Kind.TEXT,
      "N",
      List.of(),
      "How many interpreters run at once: a number, a share of the cores (50%), or a few more"
          + " or fewer than there are cores (+1, -1). Default: one per core this process may"
          + " use.",
      "-j",
      "--workers"),
  RUNTIME(
      Section.WORKERS,
      Kind.CHOICE,
      "NAME",
      List.of("auto", "cpython", "graalpy"),
      "Which Python runs the script: cpython starts at once and knows the whole standard"
          + " library, graalpy compiles hot loops and takes a while to warm up. Default: auto,"
          + " which means cpython.",
      "--runtime"),
  KEEP_ORDER(
      Section.OUTPUT,
      Kind.FLAG,
      "",
      List.of(),
      "Results in the order of the input (default).",
      "-k",
      "--keep-order"),
  UNORDERED(
      Section.OUTPUT,
      Kind.FLAG,
      "",
      List.of(),
      "Results as shards end; within a shard they stay in order.",
      "--unordered"),
  OUTPUT_FORMAT(
      Section.OUTPUT,
      Kind.CHOICE,
      "FORMAT",
      List.of("text", "jsonl", "json"),
      "How results are written: a str as a line, bytes raw and all else as JSON (text, the"
          + " default), one JSON value per line (jsonl), or one JSON array (json).",
      "--output-format"),
  JSON(
      Section.OUTPUT,
      Kind.FLAG,
      "",
      List.of(),
      "One JSON document with results, shards, errors and statistics (schema"
          + " pyparallel.run/1).",
      "--json"),
  OUTPUT_FILE(
      Section.OUTPUT,
      Kind.FILE,
      "FILE",
      List.of(),
      "Write results there instead of to standard output; the file appears when it is"
          + " complete.",
      "-o",
      "--output"),
  QUIET(
      Section.MESSAGES,
      Kind.FLAG,
      "",
      List.of(),
      "No progress and no summary; errors are still shown.",
      "-q",
      "--quiet"),
  VERBOSE(
      Section.MESSAGES,
      Kind.FLAG,
      "",
      List.of(),
      "Also say at the end what the run has cost.",
      "-v",
      "--verbose"),
  COLOR(
      Section.MESSAGES,
      Kind.CHOICE,
      "WHEN",
      List.of("auto", "always", "never"),
      "Colours in messages. Default: auto, on a terminal unless NO_COLOR is set.",
      "--color"),
  HELP(Section.MESSAGES, Kind.FLAG, "", List.of(), "Show this help.", "-h", "--help");

  /// What follows an option.
  private enum Kind {
    FLAG,
    TEXT,
    FILE,
    CHOICE
  }

  /// The headings of the help, in order.
  enum Section {
    SCRIPT("Script"),
    INPUT("Input"),
    SHARDING("Sharding"),
    WORKERS("Workers and runtime"),
    OUTPUT("Output"),
    MESSAGES("Messages");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private final Section section;
  private final Kind kind;
  private final String label;
  private final List<String> choices;
  private final String help;
  private final List<String> names;

  RunOption(
      Section section,
      Kind kind,
      String label,
      List<String> choices,
      String help,
      String... names) {
    this.section = section;
    this.kind = kind;
    this.label = label;
    this.choices = choices;
    this.help = help;
    this.names = List.of(names);
  }

  /// Under which heading the help shows it.
  Section section() {
    return section;
  }

  /// The values it takes, empty where any will do.
  List<String> choices() {
    return choices;
  }

  /// The long spelling.
  String longName() {
    return names.getLast();
  }

  /// Its entry in picocli's model, made anew.
  OptionSpec spec() {
    OptionSpec.Builder spec =
        OptionSpec.builder(names.toArray(new String[0])).description(help.replace("%", "%%"));
    return switch (kind) {
      case FLAG -> spec.arity("0").type(boolean.class).build();
      case TEXT -> spec.arity("1").type(String.class).paramLabel(label).build();
      case FILE -> spec.arity("1").type(File.class).paramLabel(label).build();
      case CHOICE ->
          spec.arity("1")
              .type(String.class)
              .paramLabel(label)
              .completionCandidates(choices)
              .build();
    };
  }
}
