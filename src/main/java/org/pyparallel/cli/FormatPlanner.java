package org.pyparallel.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.workload.Compression;

/// Decides what a record is, once the input is known.
final class FormatPlanner {
  private final RecordOptions options;
  private final Input input;
  private final boolean nulSeparatedNames;

  /// @param nulSeparatedNames whether names that come from standard input are separated by NUL
  FormatPlanner(RecordOptions options, Input input, boolean nulSeparatedNames) {
    this.options = options;
    this.input = input;
    this.nulSeparatedNames = nulSeparatedNames;
  }

  /// The format that was asked for, or the one that fits the input.
  ///
  /// @param otherwise for an input whose name tells nothing
  Format format(Format otherwise) {
    if (input instanceof Input.Range) {
      return Format.RANGE;
    }
    if (input instanceof Input.Arguments) {
      return Format.ARGS;
    }
    if (options.format().isPresent()) {
      return options.format().get();
    }
    return input instanceof Input.Files(List<Path> files)
        ? guess(files.getFirst().toString(), otherwise)
        : otherwise;
  }

  private static Format guess(String file, Format otherwise) {
    String name = Compression.contentName(file).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot)) {
      case ".jsonl", ".ndjson" -> Format.JSONL;
      case ".json" -> Format.JSON;
      case ".csv" -> Format.CSV;
      case ".tsv", ".tab" -> Format.TSV;
      default -> otherwise;
    };
  }

  /// What the format leaves open.
  ///
  /// @throws PyParallelException.Usage if something was typed that does not fit the format
  FormatOptions options(Format format) {
    Optional<String> groupBy = groupBy(format);
    Optional<String> separator = options.separator();
    if (format == Format.FILES && nulSeparatedNames) {
      separator = Optional.of("\0");
    }
    return new FormatOptions(
        delimiter(format, groupBy.isPresent()),
        header(format),
        separator,
        options.start(),
        groupBy,
        input instanceof Input.Arguments(List<List<String>> sources, boolean _)
            ? sources.size()
            : 1);
  }

  private boolean header(Format format) {
    Chosen<Boolean> noHeader = options.noHeader();
    if (noHeader.value() && noHeader.typed() && !format.isTable()) {
      throw unfit("--no-header is for tables", format, "add --format csv or --format tsv");
    }
    return !(noHeader.value() && format.isTable());
  }

  /// A space stands for runs of blanks, as in awk.
  private char delimiter(Format format, boolean grouped) {
    boolean lines = grouped && (format == Format.LINES || format == Format.VALUES);
    char usual = lines ? ' ' : FormatOptions.of(format).delimiter();
    if (options.delimiter().isEmpty()) {
      return usual;
    }
    Chosen<Character> delimiter = options.delimiter().get();
    if (format.isTable() || lines) {
      return delimiter.value();
    }
    if (delimiter.typed()) {
      throw unfit(
          "--delimiter is for tables, and for lines with --group-by", format, "add --format csv");
    }
    return usual;
  }

  /// Whether the format has such a field is for the input's own part to say, except that a default
  /// gives way.
  private Optional<String> groupBy(Format format) {
    if (options.groupBy().isEmpty()) {
      return Optional.empty();
    }
    Chosen<String> field = options.groupBy().get();
    if (!field.typed() && !isFieldOf(format, field.value())) {
      return Optional.empty();
    }
    byte[] name = field.value().getBytes(StandardCharsets.UTF_8);
    return Optional.of(new String(name, StandardCharsets.ISO_8859_1));
  }

  /// Only a header or a JSON object gives fields names.
  private boolean isFieldOf(Format format, String field) {
    boolean named = format == Format.JSONL || (format.isTable() && header(format));
    boolean numbered = format.isTable() || format == Format.LINES || format == Format.VALUES;
    return named || (numbered && WholeNumber.parse(field) >= 1);
  }

  private static PyParallelException unfit(String what, Format format, String remedy) {
    return new PyParallelException.Usage(
        what + ", and the format is " + format.label() + ": " + remedy);
  }
}
