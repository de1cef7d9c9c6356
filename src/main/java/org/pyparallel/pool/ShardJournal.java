package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.interpreter.TakenBytes;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.journal.Journal;
import org.pyparallel.journal.Recording;
import org.pyparallel.journal.Replay;
import org.pyparallel.merge.Slot;

/// What stands between the workers and the journal: takes down what shards give on its way to their
/// slots, and gives back what earlier runs took down. Safe for use by several threads.
final class ShardJournal {
  private final Journal journal;
  private final Tally tally;
  private final @Nullable Reduction reduction;
  private final Consumer<ShardReport> ended;

  /// @param ended told of each shard that was taken from the journal
  ShardJournal(
      Journal journal, Tally tally, @Nullable Reduction reduction, Consumer<ShardReport> ended) {
    this.journal = journal;
    this.tally = tally;
    this.reduction = reduction;
    this.ended = ended;
  }

  /// Says what there is to say before the first shard.
  void begin() {
    journal.opening().ifPresent(this::tell);
  }

  /// Gives a shard's output once more and ends its slot, if an earlier run has finished it.
  ///
  /// @param worker whose thread calls
  /// @param interpreter gives the worker's own; only asked where results are reduced and there is
  ///   no other way
  /// @return whether one has; else the shard has to be run
  boolean replay(Shard shard, Slot slot, int worker, Supplier<Interpreter> interpreter) {
    Replay replay = journal.find(shard);
    if (replay == null) {
      return false;
    }
    long start = tally.elapsed();
    JournalReceiver receiver = new JournalReceiver(slot);
    boolean whole = replay.to(receiver);
    if (whole && reduction != null && !reduction.deposit(shard, receiver.partial())) {
      reduction.add(shard, receiver.partial(), interpreter.get());
    }
    ShardResult result = whole ? replay.result() : new ShardResult.Interrupted();
    Duration wall = Duration.ofNanos(tally.elapsed() - start);
    ended.accept(
        slot.end(
            outputBytes ->
                new ShardReport(
                    shard,
                    result,
                    worker,
                    Duration.ofNanos(start),
                    wall,
                    Duration.ZERO,
                    outputBytes,
                    false,
                    -1,
                    0)));
    return true;
  }

  /// Takes down a shard that is about to be run.
  ///
  /// @param output where all goes that the shard gives
  /// @return null where it is not to be kept
  @Nullable RecordedOutput record(Shard shard, ShardOutput output) {
    Recording recording = journal.record(shard);
    return recording == null ? null : new RecordedOutput(output, recording);
  }

  /// Says what there is to say behind the last shard, and makes sure that all is on the disk.
  void end() {
    journal.closing().ifPresent(this::tell);
    journal.force();
  }

  private void tell(RunEvent.Notice notice) {
    tally.tell(notice);
  }

  /// Passes on what comes out of the journal; a partial result is kept.
  private static final class JournalReceiver implements Replay.Receiver {
    private final ShardOutput output;
    private final TakenBytes partial = new TakenBytes();

    JournalReceiver(ShardOutput output) {
      this.output = output;
    }

    @Override
    public boolean output(ByteBuffer bytes) {
      return output.write(bytes);
    }

    @Override
    public boolean reject(ByteBuffer bytes) {
      return output.reject(bytes);
    }

    @Override
    public boolean partial(ByteBuffer bytes) {
      return partial.write(bytes);
    }

    ByteBuffer partial() {
      return partial.bytes();
    }
  }
}
