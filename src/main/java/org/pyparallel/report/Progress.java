package org.pyparallel.report;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.ShardReport;
import org.pyparallel.report.ProgressLine.Part;

/// Keeps the count of what is done and shows it as the terminal's status line.
///
/// The listener's threads count, the ticker's thread draws; both under this object's lock, which is
/// always taken before the terminal's.
final class Progress {
  /// Runs shorter than this show nothing.
  static final long QUIET_NANOS = 500_000_000;

  private static final double PERCENT = 100.0;
  private static final int PERCENT_WIDTH = 4;

  private final Terminal terminal;
  private final OptionalLong shardCount;
  private final LongSupplier clock;
  private final long start;
  private boolean items;
  private long total = -1;
  private long bytes;
  private long records;
  private long shards;
  private long failed;

  /// What was taken from a journal, of bytes or items: it came at once, and tells nothing of the
  /// rest.
  private long replayed;

  private boolean ended;

  /// @param shardCount how many shards there will be, where that is known
  /// @param clock nanoseconds from any origin
  Progress(Terminal terminal, OptionalLong shardCount, LongSupplier clock) {
    this.terminal = terminal;
    this.shardCount = shardCount;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  synchronized void started(RunEvent.Started event) {
    items = event.plan().format().isCounted();
    total = event.totalBytes().orElse(-1);
  }

  synchronized void shardEnded(ShardReport report) {
    if (!report.tail()) {
      shards++;
    }
    bytes += report.shard().length();
    records += report.result().records();
    failed += report.result().failedRecords();
    if (report.isReplayed()) {
      replayed += items ? report.result().records() : report.shard().length();
    }
  }

  /// Draws the line anew if it is time to show one. Any thread.
  synchronized void tick() {
    long elapsed = clock.getAsLong() - start;
    if (!ended && elapsed >= QUIET_NANOS) {
      terminal.status(
          line(elapsed).render(terminal.columns(), terminal.isUnicode(), terminal.colour()));
    }
  }

  /// Erases the line for good.
  synchronized void end() {
    ended = true;
    terminal.status("");
  }

  private ProgressLine line(long elapsed) {
    ProgressLine line = new ProgressLine();
    long done = items ? records : bytes;
    if (total > 0) {
      double fraction = Math.min(1.0, (double) done / total);
      String percent = (int) (fraction * PERCENT) + "%";
      line.set(Part.PERCENT, " ".repeat(PERCENT_WIDTH - percent.length()) + percent);
      line.bar(fraction);
    }
    if (records > 0) {
      line.set(Part.RECORDS, Quantity.count(records, "record"));
    }
    if (!items) {
      line.set(
          Part.BYTES,
          total > 0
              ? Quantity.bytes(bytes) + " of " + Quantity.bytes(total)
              : Quantity.bytes(bytes));
      line.set(Part.SPEED, Quantity.bytes(Quantity.perSecond(bytes - replayed, elapsed)) + "/s");
    }
    line.set(Part.SHARDS, "shards " + shardsDone());
    line.set(Part.TIME, time(done, elapsed));
    if (failed > 0) {
      line.set(Part.FAILED, Quantity.count(failed) + " failed");
    }
    return line;
  }

  private String shardsDone() {
    String done = Quantity.count(shards);
    return shardCount.isPresent() ? done + "/" + Quantity.count(shardCount.getAsLong()) : done;
  }

  /// What is left where it can be told, else what has passed.
  private String time(long done, long elapsed) {
    long worked = done - replayed;
    if (total <= 0 || worked <= 0) {
      return Quantity.clock(elapsed);
    }
    double left = (double) elapsed * Math.max(0, total - done) / worked;
    return "ETA " + Quantity.clock((long) left);
  }
}
