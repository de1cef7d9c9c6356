package org.pyparallel.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// The files that this run writes, as many as shards are written at a time. Safe for use by several
/// threads.
///
/// One lock guards everything; it is not held while shards are written, nor while files are synced.
final class Appenders {
  private static final long SYNC_MILLIS = 1_000;

  private final JournalFolder folder;
  private final AppendFile.Maker maker;
  private final Found found;
  private final Header header;
  private final String run;

  // Guarded by this.
  private final ArrayDeque<Appender> idle = new ArrayDeque<>();
  private final List<Appender> all = new ArrayList<>();
  private long next;
  private boolean begun;
  private boolean closed;
  private @Nullable IOException trouble;

  Appenders(JournalFolder folder, AppendFile.Maker maker, Found found, Header header) {
    this.folder = folder;
    this.maker = maker;
    this.found = found;
    this.header = header;
    this.run = header.key().id();
    this.next = found.next();
  }

  /// Lends out a pair of files.
  ///
  /// @throws IOException if none can be made, or the journal is broken or closed
  synchronized Appender acquire() throws IOException {
    if (trouble != null) {
      throw trouble;
    }
    if (closed) {
      throw new IOException("the run is over");
    }
    if (!begun) {
      begin();
      begun = true;
    }
    Appender appender = idle.poll();
    if (appender == null) {
      appender = new Appender(maker, folder.pair(next++), run);
      all.add(appender);
      JournalFolder.sync(folder.path());
    }
    return appender;
  }

  /// Makes the folder this run's.
  private void begin() throws IOException {
    Header there = found.header();
    if (there == null || !there.equals(header)) {
      header.write(folder.path());
    }
    for (JournalFolder.Pair pair : found.stale()) {
      Files.deleteIfExists(pair.index());
      Files.deleteIfExists(pair.data());
    }
    for (Map.Entry<JournalFolder.Pair, Index.Contents> ours : found.ours().entrySet()) {
      Index.mend(ours.getKey(), ours.getValue());
    }
    Thread syncer = new Thread(this::syncForEver, "journal-sync");
    syncer.setDaemon(true);
    syncer.start();
  }

  /// Takes a pair of files back.
  synchronized void release(Appender appender) {
    idle.push(appender);
  }

  /// Remembers that the journal cannot be written any more.
  ///
  /// @return what to throw
  synchronized PyParallelException.OutputFailed broke(IOException e) {
    if (trouble == null) {
      trouble = e;
    }
    return Trouble.unwritable(folder.path(), trouble);
  }

  private void syncForEver() {
    try {
      while (!isClosed()) {
        Thread.sleep(SYNC_MILLIS);
        sync();
      }
    } catch (IOException e) {
      broke(e); // the next shard that ends finds out
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void sync() throws IOException {
    List<Appender> now;
    synchronized (this) {
      now = List.copyOf(all);
    }
    for (Appender appender : now) {
      appender.force();
    }
  }

  /// See [Journal#force].
  void force() {
    try {
      sync();
    } catch (IOException e) {
      throw broke(e);
    }
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Appender appender : all) {
      try {
        appender.force();
        appender.close();
      } catch (IOException _) {
        // The run is over: those who had to know were told by force().
      }
    }
  }
}
