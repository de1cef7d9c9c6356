package org.pyparallel.report;

import java.util.OptionalLong;
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
    if (report.end() == RunReport.End.INTERRUPTED) {
      terminal.line(interrupted(plan, report));
    }
    if (!(plan.input() instanceof Input.None)) { // whose only error speaks for itself
      failures(report);
    }
    if (verbosity == Verbosity.VERBOSE) {
      verbose(plan, report);
    }
  }

  private String interrupted(RunPlan plan, RunReport report) {
    StringBuilder text = new StringBuilder(PREFIX).append("interrupted: ");
    if (shardCount.isPresent()) {
      text.append(Quantity.count(report.shards())).append(" of ");
      text.append(Quantity.count(shardCount.getAsLong(), "shard"));
    } else {
      text.append(Quantity.count(report.shards(), "shard"));
    }
    text.append(" done");
    if (plan.outputFile().isPresent()) {
      text.append(", '").append(plan.outputFile().get()).append("' left as it was");
    } else {
      text.append(written(plan.merging(), report.records()));
    }
    return text.toString();
  }

  private static String written(Merging merging, long records) {
    return switch (merging) {
      case Merging.Join _ ->
          records == 0 ? "" : ", " + Quantity.count(records, "record") + " written";
      case Merging.Distinct _ -> ""; // some of their results were
      case Merging.Sort _, Merging.Reduce _ -> ", nothing written";
    };
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
    if (report.failedRecords() > 0) {
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
