package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;

/// Decides what becomes of the results, once it is known what runs and what a record is.
final class OutputPlanner {
  private final OutputOptions options;
  private final OutputFormat format;
  private Merging merging;

  /// @param kind of the expression that runs, or null if a script does
  /// @param records what a record is
  OutputPlanner(OutputOptions options, OneLiner.@Nullable Kind kind, Format records) {
    this.options = options;
    if (kind == OneLiner.Kind.REDUCE) {
      merging = new Merging.Reduce("reduce");
    } else {
      merging =
          options.merging().isPresent() ? options.merging().get().value() : new Merging.Join();
    }
    boolean rows = merging instanceof Merging.Join;
    this.format = options.format().orElse(rows ? usualFormat(kind, records) : OutputFormat.TEXT);
    if (!rows && format.isTable()) {
      throw noTable();
    }
  }

  /// Rows that are sorted or reduced would lose sight of their header.
  private PyParallelException.Usage noTable() {
    return new PyParallelException.Usage(
        OutputFlags.OUTPUT_FORMAT.longName()
            + " "
            + format.label()
            + " is for results as they come, and these are sorted, made unique or reduced: use jsonl");
  }

  /// A filtered table stays one.
  private static OutputFormat usualFormat(OneLiner.@Nullable Kind kind, Format records) {
    if (kind != OneLiner.Kind.FILTER) {
      return OutputFormat.TEXT;
    }
    return switch (records) {
      case CSV -> OutputFormat.CSV;
      case TSV -> OutputFormat.TSV;
      case LINES, JSONL, VALUES, JSON, RECORDS, TEXT, BYTES, FILES, NULL, ARGS, RANGE ->
          OutputFormat.TEXT;
    };
  }

  private boolean isSorting() {
    return merging instanceof Merging.Sort || merging instanceof Merging.Distinct;
  }

  /// Reduces with the script's own function.
  ///
  /// @throws PyParallelException.Usage if something was typed that excludes it
  void reduceByScript() {
    String excluded = null;
    if (isSorting() && options.merging().get().typed()) {
      excluded =
          merging instanceof Merging.Sort
              ? OutputFlags.SORT.longName()
              : OutputFlags.UNIQUE.longName();
    } else if (options.tagged().value() && options.tagged().typed()) {
      excluded = OutputFlags.TAG.longName();
    }
    if (excluded != null) {
      throw new PyParallelException.Usage(
          "the script has a function reduce, and "
              + excluded
              + " excludes reducing: add --reduce none");
    }
    merging = new Merging.Reduce("reduce");
    if (format.isTable()) {
      throw noTable();
    }
  }

  Merging merging() {
    return merging;
  }

  OutputFormat format() {
    return format;
  }

  /// @throws PyParallelException.Usage if lines are to come one by one that are no results of their
  ///   own
  Ordering ordering() {
    Chosen<Ordering> ordering = options.ordering();
    if (ordering.value() != Ordering.LINES
        || format == OutputFormat.TEXT
        || format == OutputFormat.JSONL) {
      return ordering.value();
    }
    if (ordering.typed()) {
      throw unfit(OutputFlags.LINE_BUFFER);
    }
    return Ordering.INPUT;
  }

  /// @throws PyParallelException.Usage if what is to be tagged is no text
  boolean tagged() {
    Chosen<Boolean> tagged = options.tagged();
    if (!tagged.value() || merging instanceof Merging.Reduce) {
      return false;
    }
    if (format == OutputFormat.TEXT) {
      return true;
    }
    if (tagged.typed()) {
      throw unfit(OutputFlags.TAG);
    }
    return false;
  }

  /// What an option is told that is for lines, where results are not written as lines.
  private PyParallelException unfit(RunOption option) {
    if (options.format().isEmpty()) {
      return new PyParallelException.Usage(
          option.longName()
              + " is for lines, and a filtered table is written as "
              + format.label()
              + ": add --output-format text");
    }
    String other =
        format == OutputFormat.DOCUMENT
            ? OutputFlags.JSON.longName()
            : OutputFlags.OUTPUT_FORMAT.longName() + " " + format.label();
    return new PyParallelException.Usage(
        option.longName() + " and " + other + " exclude each other: leave one of them out");
  }
}
