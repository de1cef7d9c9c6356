package org.pyparallel.report;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;

/// Says at the end how a run went: nothing when all is well, a line when not, some with `-v`.
final class Summary {
  private static final String PREFIX = "pyparallel: ";
  private static final int PERCENT = 100;

  private final Terminal terminal;
  private final Verbosity verbosity;
  private final OptionalLong shardCount;

  Summary(Terminal terminal, Verbosity verbosity, OptionalLong shardCount) {
    this.terminal = terminal;
    this.verbosity = verbosity;
    this.shardCount = shardCount;
  }

  /// Prints what there is to say.
  void ended(RunPlan plan, RunReport report) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    String why = whyItEnded(plan, report.end());
    if (!why.isEmpty()) {
      terminal.line(stopped(plan, report, why));
    }
    attempts(report);
    if (!(plan.input() instanceof Input.None)) { // whose only error speaks for itself
      failures(report);
    }
    if (verbosity == Verbosity.VERBOSE) {
      verbose(plan, report);
    }
  }

  /// What kept a run from its end, empty where nothing did that anybody wants to hear of.
  private static String whyItEnded(RunPlan plan, RunReport.End end) {
    return switch (end) {
      case COMPLETE, OUTPUT_CLOSED -> "";
      case INTERRUPTED -> "interrupted";
      case TIME_LIMIT -> {
        Optional<Duration> limit = plan.safeguards().limits().run();
        yield limit.isEmpty()
            ? "the time limit was reached"
            : "the time limit of " + Quantity.limit(limit.get().toNanos()) + " was reached";
      }
      case DRAINED -> "drained after SIGHUP";
      case HALTED -> "halted" + rule(plan);
      case ENOUGH -> "ended" + rule(plan);
    };
  }

  private static String rule(RunPlan plan) {
    Optional<Halt> halt = plan.safeguards().recovery().halt();
    return halt.isEmpty() ? "" : " by --halt " + halt.get().label();
  }

  private String stopped(RunPlan plan, RunReport report, String why) {
    StringBuilder text = new StringBuilder(PREFIX).append(why).append(": ");
    text.append(Quantity.done(report.shards(), shardCount));
    if (plan.outputFile().isPresent()) {
      text.append(", '").append(plan.outputFile().get());
      text.append(report.isWhole() ? "' written" : "' left as it was");
    } else {
      text.append(written(plan.merging(), report));
    }
    return text.toString();
  }

  private static String written(Merging merging, RunReport report) {
    return switch (merging) {
      case Merging.Join _ ->
          report.records() == 0
              ? ""
              : ", " + Quantity.count(report.records(), "record") + " written";
      case Merging.Distinct _ -> ""; // some of their results were
      case Merging.Sort _, Merging.Reduce _ ->
          report.end() == RunReport.End.INTERRUPTED || report.outputBytes() == 0
              ? ", nothing written"
              : "";
    };
  }

  private void attempts(RunReport report) {
    if (report.retried() > 0) {
      terminal.line(
          PREFIX + "failed shards were tried again " + Quantity.count(report.retried(), "time"));
    }
  }

  private void failures(RunReport report) {
    if (report.failedShards() > 0) {
      terminal.line(failedShards(report));
    }
    if (report.failedTeardowns() > 0) {
      terminal.line(
          PREFIX
              + "teardown() failed in "
              + Quantity.count(report.failedTeardowns())
              + " of "
              + Quantity.count(report.workers(), "worker"));
    }
  }

  private static String failedShards(RunReport report) {
    StringBuilder text = new StringBuilder(PREFIX);
    text.append(Quantity.count(report.failedShards())).append(" of ");
    text.append(Quantity.count(report.shards(), "shard")).append(" had errors");
    if (report.failedRecords() > report.records()) { // which a filter does not count
      text.append(": ").append(Quantity.count(report.failedRecords(), "record")).append(" failed");
    } else if (report.failedRecords() > 0) {
      text.append(": ").append(Quantity.count(report.failedRecords())).append(" of ");
      text.append(Quantity.count(report.records(), "record")).append(" failed");
    }
    return text.toString();
  }

  private void verbose(RunPlan plan, RunReport report) {
    long wall = report.wall().toNanos();
    long cpu = report.cpu().toNanos();
    terminal.line(
        PREFIX + plan.runtime().label() + ", " + Quantity.count(report.workers(), "worker"));
    terminal.line(
        PREFIX
            + Quantity.count(report.records(), "record")
            + " in "
            + Quantity.count(report.shards(), "shard")
            + ", "
            + (plan.format().isCounted() ? "" : Quantity.bytes(report.inputBytes()) + " in, ")
            + Quantity.bytes(report.outputBytes())
            + " out");
    StringBuilder text = new StringBuilder(PREFIX).append(Quantity.duration(wall));
    if (cpu > 0) {
      text.append(", CPU ").append(Quantity.duration(cpu));
    }
    if (report.records() > 0) {
      text.append(", ").append(Quantity.count(Quantity.perSecond(report.records(), wall)));
      text.append(" records/s");
    }
    if (!plan.format().isCounted()) {
      text.append(", ").append(Quantity.bytes(Quantity.perSecond(report.inputBytes(), wall)));
      text.append("/s");
    }
    if (cpu > 0 && wall > 0 && report.workers() > 0) {
      text.append(", workers ")
          .append(Math.round((double) PERCENT * cpu / wall / report.workers()));
      text.append("% busy");
    }
    terminal.line(text.toString());
  }
}
