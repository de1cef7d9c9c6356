package org.pyparallel.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

/// Events as a run sends them.
final class Events {
  static final Input FILES = new Input.Files(List.of(Path.of("big.jsonl")));

  private Events() {}

  static RunPlan plan(Format format, Input input, Optional<Path> outputFile) {
    return new RunPlan(
        new Script(Path.of("script.py"), Optional.empty(), List.of()),
        input,
        format,
        EncodingErrors.STRICT,
        new Sharding.Adaptive(),
        RuntimeName.CPYTHON,
        2,
        Ordering.INPUT,
        OutputFormat.TEXT,
        outputFile);
  }

  /// A plan whose results go through a merge stage.
  static RunPlan merging(Merging merging) {
    RunPlan plain = plan(Format.LINES, FILES, Optional.empty());
    return new RunPlan(
        plain.script(),
        plain.input(),
        plain.format(),
        plain.formatOptions(),
        plain.encodingErrors(),
        plain.numbered(),
        plain.sharding(),
        plain.runtime(),
        false,
        plain.workers(),
        plain.ordering(),
        merging,
        plain.outputFormat(),
        plain.tagged(),
        plain.outputFile(),
        plain.rejects(),
        plain.shares(),
        PythonOptions.NONE,
        Safeguards.NONE);
  }

  static RunEvent.Started started(Format format, OptionalLong total) {
    return new RunEvent.Started(plan(format, FILES, Optional.empty()), total);
  }

  static Shard shard(long index, long length) {
    return new Shard(
        index,
        "big.jsonl",
        index * length,
        -1,
        new ShardData.FileRange(Path.of("big.jsonl"), index * length, length));
  }

  static RunEvent.ShardEnded shardEnded(long length, long records, long failed) {
    return new RunEvent.ShardEnded(
        new ShardReport(
            shard(0, length),
            new ShardResult.Finished(records, failed, List.of()),
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0));
  }

  /// A shard that was taken from a journal.
  static ShardReport replayed(long length, long records) {
    return new ShardReport(
        shard(0, length),
        new ShardResult.Finished(records, 0, List.of()),
        0,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        false,
        -1,
        0);
  }

  /// A failure of record 40213 in shard 3, in line `line` of the script.
  static RunEvent.Failure failure(int line, String message) {
    return new RunEvent.Failure(shard(3, 1000), 40213, error(line, message), 1);
  }

  /// A `ValueError` in line `line` of the script.
  static PythonError error(int line, String message) {
    return new PythonError(
        212,
        "ValueError",
        message,
        List.of(
            new PythonError.Frame("script.py", 9, "process", "return parse(record)"),
            new PythonError.Frame("script.py", line, "parse", "return int(x)")),
        """
        Traceback (most recent call last):
          File "script.py", line 9, in process
            return parse(record)
          File "script.py", line %d, in parse
            return int(x)
        ValueError: %s"""
            .formatted(line, message));
  }

  /// An error outside the script's own code.
  static PythonError errorWithoutFrames(String message) {
    return new PythonError(-1, "ValueError", message, List.of(), "ValueError: " + message);
  }

  static RunReport report(RunReport.End end, long failedShards, long failedRecords) {
    return new RunReport(
        end,
        50,
        failedShards,
        1_204_000,
        failedRecords,
        0,
        100_000_000,
        38_100_000,
        2,
        Duration.ofMillis(12_000),
        Duration.ofMillis(23_040));
  }
}
