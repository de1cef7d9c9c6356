package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Makes of the shards' results what the plan wants before they are written. This one passes all on
/// as it is.
public class MergingSink implements ResultSink, AutoCloseable {
  final ResultSink next;

  MergingSink(ResultSink next) {
    this.next = next;
  }

  /// The sink for a plan.
  ///
  /// @param next where results go then
  /// @param folder for temporary files, which are made once memory is full
  public static MergingSink open(RunPlan plan, ResultSink next, Path folder) {
    // No switch over types: every run comes here, and the first such switch takes milliseconds.
    Merging merging = plan.merging();
    if (merging instanceof Merging.Sort sort) {
      return new SortedRuns(next, sort, folder);
    }
    if (merging instanceof Merging.Distinct) {
      return new DistinctLines(next);
    }
    return merging instanceof Merging.Reduce ? new ReducedResult(next) : new MergingSink(next);
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    next.write(shard, chunk);
  }

  @Override
  public void reject(Shard shard, ByteBuffer chunk) throws IOException {
    next.reject(shard, chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    next.endOfShard(report);
  }

  @Override
  public void complete(BooleanSupplier stopped) throws IOException {
    next.complete(stopped);
  }

  @Override
  public void idle() throws IOException {
    next.idle();
  }

  /// Frees memory and temporary files; the sink behind it stays open. Idempotent.
  @Override
  public void close() {}
}
