package org.pyparallel.output;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

/// Values that the tests of this package need.
final class Samples {
  static final Shard SHARD = shard(0);
  static final ShardResult FINISHED = new ShardResult.Finished(2, 0, List.of());
  static final ShardResult FAILED = new ShardResult.Failed(2, 1, List.of());

  private Samples() {}

  static Shard shard(long index) {
    return new Shard(
        index,
        "in.jsonl",
        index * 100,
        index * 2,
        new ShardData.FileRange(Path.of("in.jsonl"), index * 100, 100));
  }

  static ShardReport ended(long index, ShardResult result) {
    return new ShardReport(
        shard(index),
        result,
        1,
        Duration.ofMillis(index),
        Duration.ofNanos(1_234_567_890),
        Duration.ofMillis(1_100),
        42);
  }

  static RunReport report(RunReport.End end) {
    return new RunReport(
        end, 2, 1, 4, 1, 0, 200, 84, 2, Duration.ofMillis(2_500), Duration.ofMillis(4_000));
  }

  static RunPlan plan(OutputFormat format, Optional<Path> outputFile) {
    return new RunPlan(
        new Script(Path.of("script.py"), Optional.of("work"), List.of("--fast", "ü")),
        new Input.Files(List.of(Path.of("in.jsonl"))),
        Format.JSONL,
        EncodingErrors.STRICT,
        new Sharding.Block(1_000_000),
        RuntimeName.CPYTHON,
        2,
        Ordering.INPUT,
        format,
        outputFile);
  }

  static RunEvent.Failure failure(long record, long count) {
    return new RunEvent.Failure(shard(1), record, error(-1), count);
  }

  /// A failure of a record whose place is known: the number of its line, its offset in the shard.
  static RunEvent.Failure placed(long record, long line, long offset) {
    return new RunEvent.Failure(shard(1), record, line, error(offset), 1);
  }

  private static PythonError error(long offset) {
    return new PythonError(
        0,
        0,
        offset,
        "ValueError",
        "bad \"x\"\n",
        List.of(new PythonError.Frame("script.py", 4, "work", "return int(x)")),
        "Traceback (most recent call last): ...");
  }
}
