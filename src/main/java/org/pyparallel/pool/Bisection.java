package org.pyparallel.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Finds the smallest parts of a shard that fail: halves what fails as a whole, down to single
/// records, and works through the halves in their order. What is left of the shard is what works.
///
/// Where much fails it would take for ever: after [#MOST_FAILING] parts, whatever fails does so as
/// it is. Used by one thread at a time.
final class Bisection {
  static final int MOST_FAILING = 30;

  /// Errors that are kept of parts in which records fail alone.
  private static final int MOST_ERRORS = 100;

  /// Larger parts are not written among the rejected records; where they are is.
  private static final long MOST_REJECTED = 16 << 20;

  private final RunPlan plan;
  private final Shard shard;
  private final ShardResult.Failed whole;
  private final PartScan scan;
  private final HeldOutput kept;
  private final ArrayDeque<Part> todo = new ArrayDeque<>();
  private final List<PythonError> errors = new ArrayList<>();
  private long failedRecords;
  private int failing;

  /// A part of a shard.
  ///
  /// @param from where it begins, in bytes from the shard's start
  /// @param to where it ends, exclusive
  /// @param records how many records of the shard come before it
  /// @param lines how many line feeds do
  record Part(long from, long to, long records, long lines) {}

  private Bisection(RunPlan plan, Shard shard, ShardResult.Failed whole, Path folder) {
    this.plan = plan;
    this.shard = shard;
    this.whole = whole;
    int terminator = plan.format().terminator().orElseThrow();
    this.scan = new PartScan(shard.data(), (byte) terminator, plan.formatOptions().width());
    this.kept = new HeldOutput(folder, null);
  }

  /// Begins with a shard that failed.
  ///
  /// @param folder for temporary files
  /// @return null where it cannot be halved: no byte ends its records, they go together, or the
  ///   shard cannot be read
  static @Nullable Bisection of(RunPlan plan, Shard shard, ShardResult.Failed whole, Path folder) {
    boolean hasBytes =
        shard.data() instanceof ShardData.FileRange || shard.data() instanceof ShardData.Bytes;
    if (!hasBytes
        || plan.format().terminator().isEmpty()
        || plan.formatOptions().groupBy().isPresent()) {
      return null;
    }
    Bisection bisection = new Bisection(plan, shard, whole, folder);
    try {
      bisection.fails(new Part(0, shard.length(), 0, 0), whole);
      return bisection;
    } catch (IOException _) {
      return null; // which is what the shard failed with
    }
  }

  boolean hasNext() {
    return !todo.isEmpty();
  }

  /// The next part to be run, as a shard.
  Shard next() {
    Part part = todo.element();
    boolean counted = plan.format().isCounted();
    return new Shard(
        shard.index(),
        shard.source(),
        shard.offset() + (counted ? part.records() : part.from()),
        shard.firstRecord() < 0 ? -1 : shard.firstRecord() + part.records(),
        shard.firstLine() < 0 ? -1 : shard.firstLine() + part.lines(),
        shard.preamble(),
        DividedShard.part(shard.data(), part.from(), part.to()));
  }

  /// The part that was next has been run.
  ///
  /// @param output what it gave
  void ended(ShardResult result, HeldOutput output) {
    Part part = todo.remove();
    switch (result) {
      case ShardResult.Finished finished -> {
        output.passTo(kept);
        failedRecords += finished.failedRecords();
        for (PythonError error : finished.errors()) {
          keep(placed(error, part));
        }
      }
      case ShardResult.Failed failed -> {
        try {
          fails(part, failed);
        } catch (IOException e) {
          keep(placed(failed.errors().getLast(), part)); // it was there a moment ago
          failedRecords++;
        }
      }
      case ShardResult.Interrupted _ -> todo.clear();
    }
  }

  private void fails(Part part, ShardResult.Failed failed) throws IOException {
    Part first = failing < MOST_FAILING ? scan.firstHalf(part) : null;
    if (first != null) {
      todo.push(scan.rest(part, first));
      todo.push(first);
      return;
    }
    failing++;
    long records = scan.records(part);
    failedRecords += records;
    PythonError error = placed(failed.errors().getLast(), part);
    if (records > 1) {
      error =
          new PythonError(
              error.record(),
              error.line(),
              error.offset(),
              error.type(),
              error.message() + " (in the " + records + " records from here on)",
              error.frames(),
              error.traceback());
    }
    keep(error);
    if (plan.rejects().isPresent()) {
      reject(part, error);
    }
  }

  private void keep(PythonError error) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(error);
    }
  }

  /// An error within a part, with its place in the shard. One that knows no record is where the
  /// part begins.
  private PythonError placed(PythonError error, Part part) {
    Format format = plan.format();
    boolean located = !format.isCounted();
    return new PythonError(
        format == Format.TEXT ? -1 : part.records() + Math.max(0, error.record()),
        located ? part.lines() + Math.max(0, error.line()) : -1,
        located ? part.from() + Math.max(0, error.offset()) : -1,
        error.type(),
        error.message(),
        error.frames(),
        error.traceback());
  }

  private void reject(Part part, PythonError error) throws IOException {
    boolean fits = part.to() - part.from() <= MOST_REJECTED;
    byte[] data = fits ? scan.bytes(part) : null;
    String line = RejectLine.of(shard, error, data);
    kept.reject(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
  }

  /// What the parts that work gave, and what was rejected.
  HeldOutput kept() {
    return kept;
  }

  /// How the shard ended, once nothing is left to be run.
  ShardResult result() {
    return new ShardResult.Finished(whole.records(), whole.lines(), failedRecords, errors);
  }
}
