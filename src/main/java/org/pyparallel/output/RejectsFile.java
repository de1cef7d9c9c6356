package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardResult;

/// The file of records that failed: one line of JSON each, in the order of the results.
///
/// It appears at the end of the run like an output file, empty where nothing failed. But it is
/// there to lose no record: a run that breaks off or is interrupted leaves the lines it has
/// written, unless there are none. Lines go out as they come, since they are rare and whoever ends
/// the process may leave no time to write what was held back. A line that a shard could not end is
/// left out.
///
/// The writer's thread calls everything but [#close].
final class RejectsFile implements AutoCloseable {
  private final Destination destination;
  private final WholeLines lines;

  /// @param destination freed by [#close]
  RejectsFile(Destination destination) {
    this.destination = destination;
    this.lines = new WholeLines(destination::write);
  }

  /// Opens the file.
  ///
  /// @throws org.pyparallel.job.PyParallelException.Usage if it cannot be written
  static RejectsFile open(Path file) {
    return new RejectsFile(Destination.open(file, Destination.Unfinished.KEPT));
  }

  /// Takes the next bytes of a shard's lines, cut anywhere.
  void write(ByteBuffer chunk) throws IOException {
    lines.write(chunk);
  }

  /// No more lines come from the shard.
  void endOfShard(ShardResult result) throws IOException {
    lines.endOfShard(result);
  }

  /// Makes the file visible if the run is complete. Else [#close] does, if there is anything in it.
  void finish(RunReport report) {
    if (report.isWhole()) {
      destination.commit();
    }
  }

  /// Frees it. Idempotent; any thread.
  @Override
  public void close() {
    destination.close();
  }
}
