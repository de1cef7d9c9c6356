package org.pyparallel.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;

/// Plans in which only the input and how it is cut matter.
final class Plans {
  private Plans() {}

  static RunPlan plan(Input input, Format format, Sharding sharding, int workers) {
    var plain = new Merging.Join();
    return plan(input, format, FormatOptions.of(format), false, sharding, workers, plain);
  }

  static RunPlan plan(
      Input input,
      Format format,
      FormatOptions options,
      boolean numbered,
      Sharding sharding,
      int workers,
      Merging merging) {
    return new RunPlan(
        new Script(Path.of("script.py"), Optional.empty(), List.of()),
        input,
        format,
        options,
        EncodingErrors.STRICT,
        numbered,
        sharding,
        RuntimeName.CPYTHON,
        false,
        workers,
        Ordering.INPUT,
        merging,
        OutputFormat.TEXT,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        PythonOptions.NONE,
        Safeguards.NONE);
  }

  static RunPlan plan(
      Input input,
      Format format,
      FormatOptions options,
      Sharding sharding,
      Merging merging,
      int workers) {
    return plan(input, format, options, false, sharding, workers, merging);
  }

  /// Options with a record separator.
  static FormatOptions separated(String separator) {
    return new FormatOptions(
        ',', true, Optional.of(separator), Optional.empty(), Optional.empty(), 1);
  }
}
