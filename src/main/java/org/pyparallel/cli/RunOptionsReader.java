package org.pyparallel.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.Sharding;
import org.pyparallel.report.Verbosity;

/// Turns the words of a command that runs something into [RunOptions]; [InputOptionsReader],
/// [RecordOptionsReader], [PythonOptionsReader], [SafeguardOptionsReader] and [OutputOptionsReader]
/// do their parts.
final class RunOptionsReader {
  /// The largest block: a shard is one `bytes` object, and one Java buffer where it comes from a
  /// stream.
  private static final long MOST_BLOCK = 1 << 30;

  /// More would only be a way to run out of file descriptors.
  private static final int MOST_CONCURRENCY = 10_000;

  private final Arguments line;
  private final OptionValues values;

  private RunOptionsReader(Arguments line, @Nullable Arguments defaults) {
    this.line = line;
    this.values = new OptionValues(line, defaults);
  }

  /// @param line the command line
  /// @param defaults the user's own default options, or null
  /// @throws CommandLineError if a value is out of range or options exclude each other
  static RunOptions read(Arguments line, @Nullable Arguments defaults) {
    return new RunOptionsReader(line, defaults).read();
  }

  private RunOptions read() {
    Program program = program();
    List<String> operands = line.operands();
    InputOptions input =
        new InputOptionsReader(values, operands.subList(1, operands.size())).read();
    OptionValue runtime = values.of(WorkFlags.RUNTIME);
    return new RunOptions(
        program,
        line.rest(),
        input,
        new RecordOptionsReader(values, input).read(),
        values.has(WorkFlags.NUMBERED),
        ShareOption.read(values.all(WorkFlags.SHARE)),
        sharding(),
        workers(),
        new PythonOptionsReader(values).read(),
        runtime != null && runtime.typed(),
        !values.has(WorkFlags.NO_TIER_UP),
        new SafeguardOptionsReader(values).read(),
        new OutputOptionsReader(values).read(),
        verbosity(),
        color());
  }

  private Program program() {
    List<String> operands = line.operands();
    OneLiner.Kind kind = line.command().kind();
    if (kind == null) {
      if (operands.isEmpty()) {
        throw line.error("SCRIPT is missing: name the Python script to run");
      }
      return new Program.ScriptFile(
          operands.getFirst(), values.text(WorkFlags.CALL), concurrency());
    }
    if (operands.isEmpty() || operands.getFirst().isBlank()) {
      throw line.error(
          "EXPR is missing: give the Python expression to evaluate, as in '"
              + OneLinerHelp.expression(kind)
              + "'");
    }
    return new Program.Expression(
        new OneLiner(kind, operands.getFirst()), values.has(WorkFlags.EXPLAIN));
  }

  private OptionalInt concurrency() {
    OptionalLong number = values.number(WorkFlags.CONCURRENCY, 1, MOST_CONCURRENCY);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  private Sharding sharding() {
    OptionValue value = values.of(WorkFlags.BLOCK, WorkFlags.SHARDS, WorkFlags.RECORDS_PER_SHARD);
    if (value == null) {
      return new Sharding.Adaptive();
    }
    if (value.is(WorkFlags.BLOCK)) {
      long bytes = ByteSize.parse(value.text(), 1, MOST_BLOCK);
      if (bytes == WholeNumber.NONE) {
        throw value.error("must be a size from 1 byte to 1G, such as 4096, 512K or 4M");
      }
      return new Sharding.Block(bytes);
    }
    long count = WholeNumber.parse(value.text());
    if (count < 1) {
      throw value.error("must be a whole number, 1 or more");
    }
    return value.is(WorkFlags.SHARDS) ? new Sharding.Count(count) : new Sharding.Records(count);
  }

  private WorkerCount workers() {
    return WorkerCount.of(values.of(WorkFlags.WORKERS));
  }

  private Verbosity verbosity() {
    OptionValue value = values.of(OutputFlags.QUIET, OutputFlags.VERBOSE);
    if (value == null) {
      return Verbosity.NORMAL;
    }
    return value.is(OutputFlags.QUIET) ? Verbosity.QUIET : Verbosity.VERBOSE;
  }

  private ColorMode color() {
    OptionValue value = values.of(OutputFlags.COLOR);
    return value == null ? ColorMode.AUTO : value.choice(ColorMode.values());
  }
}
