package org.pyparallel.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.Sharding;
import org.pyparallel.report.Verbosity;

/// Turns the words of `run` into [RunOptions]. The command line goes before the defaults: whatever
/// it says about a choice, the defaults have no say in that choice.
final class RunOptionsReader {
  private final Arguments line;
  private final @Nullable Arguments defaults;

  private RunOptionsReader(Arguments line, @Nullable Arguments defaults) {
    this.line = line;
    this.defaults = defaults;
  }

  /// @param line the command line
  /// @param defaults the user's own default options, or null
  /// @throws CommandLineError if a value is out of range or options exclude each other
  static RunOptions read(Arguments line, @Nullable Arguments defaults) {
    return new RunOptionsReader(line, defaults).read();
  }

  private RunOptions read() {
    List<String> operands = line.operands();
    if (operands.isEmpty()) {
      throw line.error("SCRIPT is missing: name the Python script to run");
    }
    return new RunOptions(
        operands.getFirst(),
        operands.subList(1, operands.size()),
        line.rest(),
        text(RunOption.CALL),
        format(),
        encodingErrors(),
        sharding(),
        workers(),
        runtime(),
        ordering(),
        outputFormat(),
        text(RunOption.OUTPUT_FILE),
        verbosity(),
        color());
  }

  private Optional<String> text(RunOption option) {
    Value value = value(option);
    if (value == null) {
      return Optional.empty();
    }
    if (value.text().isEmpty()) {
      throw value.error("must not be empty");
    }
    return Optional.of(value.text());
  }

  private Optional<Format> format() {
    Value value = value(RunOption.FORMAT, RunOption.NULL);
    if (value == null) {
      return Optional.empty();
    }
    if (value.is(RunOption.NULL)) {
      return Optional.of(Format.NULL);
    }
    return Optional.of(value.choice(Format.values()));
  }

  private EncodingErrors encodingErrors() {
    Value value = value(RunOption.ENCODING_ERRORS);
    return value == null ? EncodingErrors.STRICT : value.choice(EncodingErrors.values());
  }

  private Sharding sharding() {
    Value value = value(RunOption.BLOCK, RunOption.SHARDS, RunOption.RECORDS_PER_SHARD);
    if (value == null) {
      return new Sharding.Adaptive();
    }
    if (value.is(RunOption.BLOCK)) {
      long bytes = ByteSize.parse(value.text());
      if (bytes == WholeNumber.NONE) {
        throw value.error("must be a size from 1 byte to 1G, such as 4096, 512K or 4M");
      }
      return new Sharding.Block(bytes);
    }
    long count = WholeNumber.parse(value.text());
    if (count < 1) {
      throw value.error("must be a whole number, 1 or more");
    }
    return value.is(RunOption.SHARDS) ? new Sharding.Count(count) : new Sharding.Records(count);
  }

  private WorkerCount workers() {
    Value value = value(RunOption.WORKERS_COUNT);
    if (value == null) {
      return new WorkerCount.Relative(0);
    }
    WorkerCount count = WorkerCount.parse(value.text());
    if (count == null) {
      throw value.error(
          "must be a number from 1 to "
              + WorkerCount.MAX
              + ", a share of the cores such as 50%, or relative to them such as +1 or -1");
    }
    return count;
  }

  private RuntimeChoice runtime() {
    Value value = value(RunOption.RUNTIME);
    return value == null ? RuntimeChoice.AUTO : value.choice(RuntimeChoice.values());
  }

  private Ordering ordering() {
    Value value = value(RunOption.KEEP_ORDER, RunOption.UNORDERED);
    return value != null && value.is(RunOption.UNORDERED) ? Ordering.COMPLETION : Ordering.INPUT;
  }

  private OutputFormat outputFormat() {
    Value value = value(RunOption.OUTPUT_FORMAT, RunOption.JSON);
    if (value == null) {
      return OutputFormat.TEXT;
    }
    return value.is(RunOption.JSON) ? OutputFormat.DOCUMENT : value.choice(OutputFormat.values());
  }

  private Verbosity verbosity() {
    Value value = value(RunOption.QUIET, RunOption.VERBOSE);
    if (value == null) {
      return Verbosity.NORMAL;
    }
    return value.is(RunOption.QUIET) ? Verbosity.QUIET : Verbosity.VERBOSE;
  }

  private ColorMode color() {
    Value value = value(RunOption.COLOR);
    return value == null ? ColorMode.AUTO : value.choice(ColorMode.values());
  }

  private @Nullable Value value(RunOption... options) {
    Arguments.Given given = line.oneOf(options);
    Arguments source = line;
    if (given == null && defaults != null) {
      given = defaults.oneOf(options);
      source = defaults;
    }
    return given == null ? null : new Value(given, source);
  }

  /// A value and where it comes from.
  private record Value(Arguments.Given given, Arguments source) {
    String text() {
      return given.value();
    }

    boolean is(RunOption option) {
      return given.option() == option;
    }

    /// The constant whose name, in lower case, was typed.
    <E extends Enum<E>> E choice(E[] constants) {
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text()) && given.option().choices().contains(text())) {
          return constant;
        }
      }
      throw error("must be one of " + String.join(", ", given.option().choices()));
    }

    CommandLineError error(String message) {
      String text = text().isEmpty() ? "''" : text();
      return source.error(given.option().longName() + " " + text + ": " + message);
    }
  }
}
