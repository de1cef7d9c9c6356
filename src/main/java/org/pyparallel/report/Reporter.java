package org.pyparallel.report;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;

/// Tells a run's story on standard error: the listener to give to the runner.
///
/// Every method may be called by any thread.
public final class Reporter implements Consumer<RunEvent>, AutoCloseable {
  private final Terminal terminal;
  private final Verbosity verbosity;
  private final OptionalLong shardCount;
  private @Nullable ErrorReporter errors;
  private @Nullable Progress progress;
  private @Nullable Ticker ticker;
  private @Nullable RunPlan plan;
  private long start;
  private long shards;

  /// @param shardCount how many shards there will be, where that is known before the run
  public Reporter(Terminal terminal, Verbosity verbosity, OptionalLong shardCount) {
    this.terminal = terminal;
    this.verbosity = verbosity;
    this.shardCount = shardCount;
  }

  @Override
  public synchronized void accept(RunEvent event) {
    // See the package's decisions for why this is no switch.
    if (event instanceof RunEvent.ShardStarted) {
      return;
    }
    if (event instanceof RunEvent.ShardEnded ended) {
      if (!ended.report().tail()) {
        shards++;
      }
      if (progress != null) {
        progress.shardEnded(ended.report());
      }
    } else if (event instanceof RunEvent.Started started) {
      started(started);
    } else if (event instanceof RunEvent.Diagnostics diagnostics) {
      terminal.text(diagnostics.text());
    } else if (event instanceof RunEvent.Failure failure) {
      errors().failed(failure);
    } else if (event instanceof RunEvent.TeardownFailed failure) {
      errors().failed(failure);
    } else if (event instanceof RunEvent.ShardRetried retried) {
      if (verbosity == Verbosity.VERBOSE) {
        errors().retried(retried);
      }
    } else if (event instanceof RunEvent.Notice notice) {
      if (verbosity == Verbosity.VERBOSE || (!notice.detail() && verbosity != Verbosity.QUIET)) {
        terminal.line("pyparallel: " + notice.text());
      }
    } else if (event instanceof RunEvent.InputBroke broke) {
      terminal.line(
          "pyparallel: "
              + broke.failure().getMessage()
              + (broke.goesOn() ? "; going on with the next input" : ""));
    } else if (event instanceof RunEvent.Ended ended) {
      ended(ended);
    }
  }

  /// Prints the traceback of a script that could not be loaded.
  ///
  /// @param script its name as the user knows it
  public synchronized void scriptFailed(String script, PythonError error) {
    errors().scriptFailed(script, error);
  }

  /// Says that the run comes to an end because its terminal went away; where that shows, it went to
  /// a file.
  public void drains() {
    if (verbosity != Verbosity.QUIET) {
      terminal.line(
          "pyparallel: SIGHUP: no more shards are begun, those under way come to their end");
    }
  }

  /// Says that the process ends before the run has, which did not stop in time: its script is
  /// stuck, or nobody takes its results.
  public void cutOff() {
    if (verbosity != Verbosity.QUIET) {
      terminal.line("pyparallel: interrupted, and ended before the run could end by itself");
    }
  }

  /// Says how far the run is, and what it is doing; in one piece.
  ///
  /// @param stacks lines about each worker, without a line feed at their end; empty where none is
  ///   at work
  public void describe(String stacks) {
    terminal.line(state() + (stacks.isEmpty() ? "; no worker is at work" : "\n" + stacks));
  }

  private synchronized String state() {
    long time = plan == null ? 0 : System.nanoTime() - start;
    return "pyparallel: after " + Quantity.clock(time) + ", " + Quantity.done(shards, shardCount);
  }

  /// Takes the progress line away and prints the counts that are still due, whether or not the run
  /// came to its end. Idempotent.
  @Override
  public synchronized void close() {
    if (ticker != null) {
      ticker.stop();
      ticker = null;
    }
    if (progress != null) {
      progress.end();
      progress = null;
    }
    if (errors != null) {
      errors.end();
    }
  }

  private void started(RunEvent.Started started) {
    plan = started.plan();
    start = System.nanoTime();
    if (terminal.isInteractive() && verbosity != Verbosity.QUIET) {
      Progress line = new Progress(terminal, shardCount, System::nanoTime);
      line.started(started);
      progress = line;
      ticker = Ticker.start(line::tick);
    }
  }

  private void ended(RunEvent.Ended ended) {
    close();
    if (plan != null) {
      new Summary(terminal, verbosity, shardCount).ended(plan, ended.report());
    }
  }

  private ErrorReporter errors() {
    ErrorReporter present = errors;
    if (present == null) {
      present = new ErrorReporter(terminal);
      errors = present;
    }
    return present;
  }
}
