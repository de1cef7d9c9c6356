package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Merges the sorted runs that shards send (see `_sort.py`), and writes their lines at the end.
///
/// Runs are kept in memory; when it is full, all of them are merged into one file, and when there
/// are many files of about the same size, these are merged into one. So the number of files that
/// are open, and read at a time, grows with the logarithm of what there is to sort. Files hold what
/// came before all that is in memory, and are in order among themselves: equal results stay in the
/// order in which they came.
final class SortedRuns extends MergingSink {
  /// What is kept.
  ///
  /// @param memory how many bytes of runs, at least `slab`
  /// @param slab the largest run that is kept in memory, in bytes
  /// @param runs how many runs are kept in memory; at least 2
  /// @param files how many files of a level are kept, at least 2
  record Limits(long memory, int slab, int runs, int files) {
    static final Limits ORDINARY = new Limits(256L << 20, 32 << 20, 1 << 16, 32);
  }

  private static final int HEADER = 1 + Long.BYTES;
  private static final int WINDOW = 256 << 10;

  private final RunMerge.Order order;
  private final Limits limits;
  private final RunMemory memory;
  private final TemporaryRuns files;
  private final List<Run.InFile> inFiles = new ArrayList<>();
  private final List<Run.InMemory> inMemory = new ArrayList<>();

  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private @Nullable Arrival arriving;
  private @Nullable SortedLines output;

  SortedRuns(ResultSink next, Merging.Sort sort, Path folder) {
    this(next, sort, new TemporaryRuns(folder), Limits.ORDINARY);
  }

  SortedRuns(ResultSink next, Merging.Sort sort, TemporaryRuns files, Limits limits) {
    super(next);
    this.order = new RunMerge.Order(sort.descending(), sort.distinct());
    this.limits = limits;
    this.files = files;
    this.memory = new RunMemory(limits.memory(), limits.slab());
  }

  // ---- runs come in --------------------------------------------------------------------------

  /// A run of which not all bytes are there yet.
  private abstract static class Arrival {
    private long missing;

    Arrival(long size) {
      missing = size;
    }

    abstract void put(ByteBuffer bytes);

    abstract void end();

    /// Takes what belongs to the run.
    ///
    /// @return whether that was the last of it
    final boolean take(ByteBuffer chunk) {
      int size = (int) Math.min(missing, chunk.remaining());
      put(chunk.slice(chunk.position(), size));
      chunk.position(chunk.position() + size);
      missing -= size;
      return missing == 0;
    }
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      Arrival current = arriving;
      if (current == null) {
        header.put(chunk.get());
        if (!header.hasRemaining()) {
          header.flip();
          boolean framed = header.get() == 'F';
          arriving = arrival(framed, header.getLong());
          header.clear();
        }
      } else if (current.take(chunk)) {
        arriving = null;
        current.end();
      }
    }
  }

  private Arrival arrival(boolean framed, long size) throws IOException {
    if (!memory.canHold(size)) {
      spill(); // what came before must stay before
      return intoFile(framed, size);
    }
    RunMemory.Place place = memory.take((int) size);
    if (place == null || inMemory.size() >= limits.runs()) {
      spill();
      place = memory.take((int) size);
    }
    if (place == null) {
      return intoFile(framed, size);
    }
    return intoMemory(framed, (int) size, place.memory(), place.start());
  }

  private Arrival intoMemory(boolean framed, int size, WideBuffer to, int start) {
    return new Arrival(size) {
      private int end = start;

      @Override
      void put(ByteBuffer bytes) {
        int length = bytes.remaining();
        to.bytes().put(end, bytes, bytes.position(), length);
        end += length;
      }

      @Override
      void end() {
        inMemory.add(new Run.InMemory(framed, to, start, end));
      }
    };
  }

  private Arrival intoFile(boolean framed, long size) {
    RunFile file = new RunFile(files, framed, 0);
    return new Arrival(size) {
      @Override
      void put(ByteBuffer bytes) {
        file.put(bytes);
      }

      @Override
      void end() {
        inFiles.add(file.finish());
      }
    };
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    // A shard that broke off may leave a torn run.
    arriving = null;
    header.clear();
    super.endOfShard(report);
  }

  @Override
  public void idle() {
    // Nothing is written before the end.
  }

  // ---- memory is full ------------------------------------------------------------------------

  private void spill() throws IOException {
    if (!inMemory.isEmpty()) {
      inFiles.add(mergeIntoFile(inMemory, 0));
      inMemory.clear();
    }
    memory.clear();
    mergeFiles();
  }

  private void mergeFiles() throws IOException {
    while (inFiles.size() >= limits.files()) {
      List<Run.InFile> last = inFiles.subList(inFiles.size() - limits.files(), inFiles.size());
      int level = last.getLast().level();
      if (last.getFirst().level() != level) {
        return;
      }
      Run.InFile merged = mergeIntoFile(last, level + 1);
      for (Run.InFile run : last) {
        files.giveBack(run.file());
      }
      last.clear();
      inFiles.add(merged);
    }
  }

  private Run.InFile mergeIntoFile(List<? extends Run> runs, int level) throws IOException {
    boolean framed = false;
    for (Run run : runs) {
      framed |= run.framed();
    }
    RunFile target = new RunFile(files, framed, level);
    RunMerge.merge(readers(runs), order, target, () -> false);
    return target.finish();
  }

  private static List<RunReader> readers(List<? extends Run> runs) {
    List<RunReader> readers = new ArrayList<>(runs.size());
    for (Run run : runs) {
      readers.add(RunReader.of(run, WINDOW));
    }
    return readers;
  }

  // ---- the end -------------------------------------------------------------------------------

  @Override
  public void complete(BooleanSupplier stopped) throws IOException {
    List<Run> runs = new ArrayList<>(inFiles);
    runs.addAll(inMemory);
    if (!runs.isEmpty()) {
      SortedLines lines = new SortedLines(next);
      output = lines;
      RunMerge.merge(readers(runs), order, lines, stopped);
      lines.flush();
    }
    super.complete(stopped);
  }

  @Override
  public OptionalLong written() {
    SortedLines lines = output;
    return OptionalLong.of(lines == null ? 0 : lines.written());
  }

  @Override
  public void close() {
    files.close();
  }
}
