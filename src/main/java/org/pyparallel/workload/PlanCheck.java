package org.pyparallel.workload;

import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// Refuses plans whose input no source could cut, before anything is read.
final class PlanCheck {
  private PlanCheck() {}

  /// @throws Usage as said
  static void check(RunPlan plan) {
    Format format = plan.format();
    if (format == Format.BYTES && plan.sharding() instanceof Sharding.Records) {
      throw new Usage("-N counts records, and --format bytes has none: use --block or --shards");
    }
    if (format.isTable()) {
      checkDelimiter(plan.formatOptions().delimiter());
    }
    if (format == Format.RECORDS) {
      checkRecords(plan.formatOptions());
    }
    RecordKey.check(plan);
  }

  private static void checkDelimiter(char delimiter) {
    if (delimiter == 0 || delimiter >= 0x80 || "\"\r\n".indexOf(delimiter) >= 0) {
      throw new Usage(
          "the delimiter of a table is one ASCII character, neither a quote nor a line end");
    }
  }

  private static void checkRecords(FormatOptions options) {
    boolean separated = options.separator().filter(bytes -> !bytes.isEmpty()).isPresent();
    if (separated == options.start().isPresent()) {
      throw new Usage(
          "--format records needs to know either what ends a record or how its first line begins");
    }
    options.start().ifPresent(RecordStart::of);
  }
}
