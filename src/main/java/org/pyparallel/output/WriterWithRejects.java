package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Writes results with another writer, and the records that failed into a [RejectsFile].
final class WriterWithRejects implements ResultWriter {
  private final ResultWriter results;
  private final RejectsFile rejects;

  /// @param results closed with this one
  WriterWithRejects(ResultWriter results, RejectsFile rejects) {
    this.results = results;
    this.rejects = rejects;
  }

  /// Opens the file; closes `results` where that is not possible.
  ///
  /// @throws PyParallelException.Usage if the file cannot be written
  static ResultWriter of(ResultWriter results, Path file) {
    try {
      return new WriterWithRejects(results, RejectsFile.open(file));
    } catch (PyParallelException e) {
      results.close();
      throw e;
    }
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    results.write(shard, chunk);
  }

  @Override
  public void reject(Shard shard, ByteBuffer chunk) throws IOException {
    rejects.write(chunk);
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    rejects.endOfShard(report.result());
    results.endOfShard(report);
  }

  @Override
  public void idle() throws IOException {
    results.idle();
  }

  @Override
  public void failure(RunEvent.Failure failure) {
    results.failure(failure);
  }

  /// The rejected records come first: they are there even if the results cannot be written.
  @Override
  public void finish(RunReport report) throws IOException {
    rejects.finish(report);
    results.finish(report);
  }

  @Override
  public void close() {
    rejects.close();
    results.close();
  }
}
