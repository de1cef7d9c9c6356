package org.pyparallel.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Finished shards on disk: those of earlier runs to be taken from, and this run's to be added to.
/// Safe for use by several threads.
///
/// Nothing but an empty, locked file is written before the first shard has something to say, so
/// that a run that fails at once leaves what was there.
public final class Journal implements AutoCloseable {
  /// An input is cut as it was until blocks would be so many times as large now.
  private static final int MOST_GROWTH = 64;

  private final JournalFolder folder;
  private final RunKey key;
  private final Sharding cut;
  private final ShardKey.Maker keys;
  private final Found found;
  private final Appenders appenders;
  private final Findings findings;
  private final boolean redoFailed;
  private final Map<Path, FileIdentity> identities = new ConcurrentHashMap<>();

  private Journal(
      JournalFolder folder,
      RunKey key,
      Sharding cut,
      ShardKey.Maker keys,
      Found found,
      Journaling journaling,
      AppendFile.Maker maker) {
    this.folder = folder;
    this.key = key;
    this.cut = cut;
    this.keys = keys;
    this.found = found;
    this.findings = new Findings(journaling);
    this.redoFailed = journaling.redoFailed();
    this.appenders = new Appenders(folder, maker, found, new Header(key, cut));
  }

  /// Opens the journal of a plan that has one. Writes nothing yet.
  ///
  /// @param plan as it was asked for
  /// @param python version and kind of the Python that runs the script: results of another one are
  ///   of no use
  /// @param cut how an adaptive plan's input is to be cut if it was not cut before
  /// @throws PyParallelException.Usage if the folder cannot be used, there is a journal and the
  ///   plan does not resume it, or the script cannot be read
  public static Journal open(RunPlan plan, String python, Sharding cut) {
    return open(plan, python, cut, AppendFile::make);
  }

  static Journal open(RunPlan plan, String python, Sharding cut, AppendFile.Maker maker) {
    Journaling journaling = plan.safeguards().journal().orElseThrow();
    RunKey key = RunKey.of(plan, python);
    JournalFolder folder = JournalFolder.open(journaling.folder());
    try {
      Optional<Header> header =
          folder.hasHeader() ? Optional.of(Header.read(folder.path())) : Optional.empty();
      if (header.isPresent() && !journaling.resume()) {
        throw new PyParallelException.Usage(
            "journal '"
                + folder.path()
                + "' is there already: add --resume to go on with what it holds, or name another"
                + " folder");
      }
      Found found = Found.in(folder, header, key);
      Sharding kept = header.map(Header::cut).orElse(cut);
      Sharding used = plan.sharding() instanceof Sharding.Adaptive ? same(kept, cut) : cut;
      boolean numbered = plan.python().seed().isPresent() || looksAtNumber(plan);
      var keys = new ShardKey.Maker(plan.format(), numbered);
      return new Journal(folder, key, used, keys, found, journaling, maker);
    } catch (IOException e) {
      folder.close();
      throw Trouble.unusable(folder.path(), Trouble.reason(e));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /// How to cut an input that was cut before.
  private static Sharding same(Sharding before, Sharding now) {
    if (before instanceof Sharding.Block(long old) && now instanceof Sharding.Block(long bytes)) {
      return bytes / MOST_GROWTH > old ? now : before;
    }
    if (before instanceof Sharding.Records(long old)
        && now instanceof Sharding.Records(long records)) {
      return records / MOST_GROWTH > old ? now : before;
    }
    return now;
  }

  /// Whether the script may look at its shard's number: it then has this word in it.
  private static boolean looksAtNumber(RunPlan plan) {
    return plan.script().oneLiner().isEmpty()
        && new String(RunKey.bytes(plan.script()), StandardCharsets.ISO_8859_1).contains("shard");
  }

  /// How the input is to be cut, so that its shards can be known again.
  public Sharding cut() {
    return cut;
  }

  /// What there is to say before the first shard.
  public Optional<RunEvent.Notice> opening() {
    List<String> changed = found.changed();
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunEvent.Notice(
            "journal '"
                + folder.path()
                + "': all is run again, since this has changed: "
                + String.join(", ", changed),
            false));
  }

  /// What there is to say behind the last shard.
  public Optional<RunEvent.Notice> closing() {
    return found.wasThere() && found.changed().isEmpty() ? findings.notice() : Optional.empty();
  }

  /// Looks for a shard that an earlier run has finished.
  ///
  /// @return the shard; null if it has to be run
  public @Nullable Replay find(Shard shard) {
    if (found.isEmpty()) {
      return null;
    }
    ShardKey wanted = keys.of(shard);
    Index.Place place = wanted == null ? null : found.place(wanted);
    if (wanted == null || place == null) {
      findings.add(Findings.Kind.ABSENT);
      return null;
    }
    Findings.Kind kind = Findings.Kind.DAMAGED;
    try {
      ShardEntry entry = Index.entry(place);
      kind = judge(wanted, shard, place, entry);
      if (kind == Findings.Kind.TAKEN) {
        return new Replay(folder.path(), place.pair().data(), entry);
      }
    } catch (IOException _) {
      // it is run again
    } finally {
      findings.add(kind);
    }
    return null;
  }

  private Findings.Kind judge(ShardKey wanted, Shard shard, Index.Place place, ShardEntry entry) {
    if (!entry.key().equals(wanted)) {
      return Findings.Kind.DAMAGED;
    }
    if (redoFailed && entry.result().failedRecords() > 0) {
      return Findings.Kind.REDONE;
    }
    FileIdentity identity = identity(shard);
    if (!entry.identity().vouchesFor(identity)
        && !InputBytes.are(shard.data(), keys.format(), entry.input())) {
      return Findings.Kind.CHANGED;
    }
    return Pieces.isWhole(place.pair().data(), entry.pieces())
        ? Findings.Kind.TAKEN
        : Findings.Kind.DAMAGED;
  }

  /// Of the file as it was before the first of its shards was read: what is written to it later
  /// shows.
  private FileIdentity identity(Shard shard) {
    return shard.data() instanceof ShardData.FileRange range
        ? identities.computeIfAbsent(range.file(), FileIdentity::of)
        : FileIdentity.NONE;
  }

  /// Begins to take down a shard. To be called before its bytes are read.
  ///
  /// @return null for a shard that could not be known again
  public @Nullable Recording record(Shard shard) {
    ShardKey made = keys.of(shard);
    return made == null ? null : new Recording(this, shard, made, identity(shard));
  }

  /// Makes sure that what was written is on the disk.
  ///
  /// @throws PyParallelException.OutputFailed if that is not possible
  public void force() {
    appenders.force();
  }

  Appender acquire() throws IOException {
    return appenders.acquire();
  }

  void release(Appender appender) {
    appenders.release(appender);
  }

  PyParallelException.OutputFailed broke(IOException e) {
    return appenders.broke(e);
  }

  @Override
  public String toString() {
    return folder.path() + " " + key.id();
  }

  /// Ends it. Idempotent.
  @Override
  public void close() {
    appenders.close();
    folder.close();
  }
}
