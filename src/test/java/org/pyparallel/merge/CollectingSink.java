package org.pyparallel.merge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

/// Keeps everything it is given, and complains when a shard's bytes, or a line's, do not come in a
/// row, a shard ends twice, or it is called by two threads. Subclasses add trouble.
public class CollectingSink implements ResultSink {
  private final boolean byLine;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final Map<Long, ByteArrayOutputStream> byShard = new TreeMap<>();
  private final ByteArrayOutputStream rejects = new ByteArrayOutputStream();
  private final List<ShardReport> reports = new ArrayList<>();
  private @Nullable Shard current;
  private @Nullable Thread writer;
  private int idles;
  private byte last = '\n';

  public CollectingSink() {
    this(Ordering.INPUT);
  }

  public CollectingSink(Ordering ordering) {
    byLine = ordering == Ordering.LINES;
  }

  @Override
  public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
    begin(shard);
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    last = bytes[bytes.length - 1];
    all.write(bytes);
    byShard.computeIfAbsent(shard.index(), _ -> new ByteArrayOutputStream()).write(bytes);
  }

  @Override
  public synchronized void reject(Shard shard, ByteBuffer chunk) throws IOException {
    begin(shard);
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    rejects.write(bytes);
  }

  @Override
  public synchronized void endOfShard(ShardReport report) throws IOException {
    begin(report.shard());
    for (ShardReport earlier : reports) {
      if (isSame(earlier.shard(), report.shard())) {
        throw new AssertionError("a second end of shard " + report.shard().index());
      }
    }
    current = null;
    reports.add(report);
  }

  @Override
  public synchronized void idle() throws IOException {
    checkThread();
    idles++;
  }

  private void begin(Shard shard) {
    checkThread();
    boolean between = byLine && last == '\n';
    if (current != null && !isSame(current, shard) && !between) {
      throw new AssertionError(
          "shard " + shard.index() + " begins before the end of shard " + current.index());
    }
    current = shard;
  }

  /// A shard may be cut short, and its tail has the same index.
  private static boolean isSame(Shard one, Shard other) {
    return one.index() == other.index() && one.offset() == other.offset();
  }

  private void checkThread() {
    if (writer == null) {
      writer = Thread.currentThread();
    }
    if (writer != Thread.currentThread()) {
      throw new AssertionError("called by " + writer + " and " + Thread.currentThread());
    }
  }

  public synchronized byte[] bytes() {
    return all.toByteArray();
  }

  public synchronized String text() {
    return all.toString(StandardCharsets.UTF_8);
  }

  public synchronized String rejects() {
    return rejects.toString(StandardCharsets.UTF_8);
  }

  public synchronized byte[] bytes(long shard) {
    ByteArrayOutputStream bytes = byShard.get(shard);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  /// The reports, in the order of the shards' output.
  public synchronized List<ShardReport> reports() {
    return List.copyOf(reports);
  }

  /// The numbers of the shards that ended, in that order.
  public synchronized List<Long> ended() {
    return reports.stream().map(report -> report.shard().index()).toList();
  }

  /// How often [#idle] was called.
  public synchronized int idles() {
    return idles;
  }
}
