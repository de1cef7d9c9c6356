package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Logs each shard that ended on a line of its own, in the columns of GNU parallel's `--joblog`:
/// number, host (always `:`, this one), start in seconds since 1970, seconds it took, bytes of
/// input, bytes of output, exit value, signal, command; with tabs between them.
///
/// As there, a log that exists is gone on with by a run that resumes, and else begun anew; and what
/// is not run again, since it is in the journal, is not logged again.
///
/// A log is not worth a run: when it cannot be written any more, that is told once. Called by one
/// thread at a time.
public final class JobLog implements Consumer<RunEvent>, AutoCloseable {
  private static final String HEADER =
      "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";

  /// What the shell says of a process that SIGINT ended.
  private static final int INTERRUPTED = 130;

  private static final int SIGINT = 2;
  private static final long MILLIS = 1_000;

  private final Path file;
  private final FileChannel channel;
  private final String script;
  private final Consumer<RunEvent> listener;
  private final Instant start;
  private boolean broken;

  private JobLog(
      Path file, FileChannel channel, String script, Consumer<RunEvent> listener, Instant start) {
    this.file = file;
    this.channel = channel;
    this.script = script;
    this.listener = listener;
    this.start = start;
  }

  /// Opens the log of a plan that has one.
  ///
  /// @param listener told when the log cannot be written any more, with a [RunEvent.Notice]
  /// @throws PyParallelException.Usage if it cannot be written
  public static JobLog open(RunPlan plan, Consumer<RunEvent> listener) {
    Path file = plan.safeguards().jobLog().orElseThrow();
    boolean resume = plan.safeguards().journal().filter(journal -> journal.resume()).isPresent();
    String script =
        plan.script()
            .oneLiner()
            .map(line -> line.expression())
            .orElse(String.valueOf(plan.script().file().getFileName()));
    try {
      boolean goesOn = resume && Files.exists(file) && Files.size(file) > 0;
      FileChannel channel =
          goesOn
              ? FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
              : FileChannel.open(
                  file,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING);
      JobLog log = new JobLog(file, channel, script, listener, Instant.now());
      if (!goesOn) {
        log.write(HEADER);
      }
      return log;
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot write job log '" + file + "': " + Trouble.reason(e));
    }
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.ShardEnded(ShardReport report) && !report.isReplayed()) {
      write(line(report));
    }
  }

  private String line(ShardReport report) {
    Shard shard = report.shard();
    ShardResult result = report.result();
    boolean interrupted = result instanceof ShardResult.Interrupted;
    boolean failed = result instanceof ShardResult.Failed || result.failedRecords() > 0;
    int status = interrupted ? INTERRUPTED : failed ? 1 : 0;
    StringBuilder line = new StringBuilder();
    line.append(shard.index() + 1).append("\t:\t");
    appendSeconds(line, Duration.ofMillis(start.plus(report.start()).toEpochMilli()), 0);
    line.append('\t');
    appendSeconds(line, report.wall(), 10);
    line.append('\t').append(shard.length());
    line.append('\t').append(report.outputBytes());
    line.append('\t').append(status);
    line.append('\t').append(interrupted ? SIGINT : signal(result));
    line.append('\t').append(oneLine(script)).append(' ').append(oneLine(shard.source()));
    line.append(' ').append(shard.offset()).append("..");
    return line.append(shard.offset() + shard.length()).append('\n').toString();
  }

  /// The signal that killed the shard's process, or 0.
  private static int signal(ShardResult result) {
    if (result.errors().isEmpty()) {
      return 0;
    }
    PythonError last = result.errors().getLast();
    String before = "by signal ";
    int at = last.type().equals("WorkerDied") ? last.message().indexOf(before) : -1;
    int signal = 0;
    for (int i = at < 0 ? last.message().length() : at + before.length();
        i < last.message().length() && Character.isDigit(last.message().charAt(i));
        i++) {
      signal = 10 * signal + last.message().charAt(i) - '0';
    }
    return signal;
  }

  /// Three digits behind the point, padded on the left.
  private static void appendSeconds(StringBuilder line, Duration time, int width) {
    long millis = time.toMillis();
    String digits = String.valueOf(MILLIS + millis % MILLIS).substring(1);
    String text = millis / MILLIS + "." + digits;
    line.repeat(' ', Math.max(0, width - text.length())).append(text);
  }

  private static String oneLine(String text) {
    return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
  }

  private void write(String line) {
    if (broken) {
      return;
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      broken = true;
      listener.accept(
          new RunEvent.Notice(
              "cannot write job log '" + file + "': " + Trouble.reason(e) + "; the run goes on",
              false));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Each line was written when it came.
    }
  }
}
