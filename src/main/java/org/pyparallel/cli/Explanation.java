package org.pyparallel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pyparallel.job.Format;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;

/// Prints the script that an expression stands for.
///
/// The bundled CPython makes it, as a process of its own: the same module makes it in a run, and
/// opening a runtime for one text would take longer.
final class Explanation {
  private static final String PROGRAM = "lib/python/pyparallel/_oneliner.py";

  private Explanation() {}

  /// @param plan of a run of an expression
  /// @return the exit status
  /// @throws PyParallelException.RuntimeFailed if there is no Python
  static int print(Environment environment, RunPlan plan) {
    OneLiner oneLiner = plan.script().oneLiner().orElseThrow();
    Path home = environment.home().orElse(Path.of(""));
    return BundledPython.run(
        environment,
        List.of(
            home.resolve(PROGRAM).toString(),
            oneLiner.kind().name(),
            oneLiner.expression(),
            plan.format().label(),
            plan.outputFormat().label(),
            keepsRecords(plan.merging()) ? "1" : "0",
            impliedOptions(oneLiner.kind(), plan)));
  }

  /// What the command does unasked and `run` only when told: without it the same script would give
  /// something else.
  private static String impliedOptions(OneLiner.Kind kind, RunPlan plan) {
    StringBuilder options = new StringBuilder();
    if (kind == OneLiner.Kind.REDUCE && plan.format() == Format.VALUES) {
      options.append(" --format values");
    }
    if (kind == OneLiner.Kind.FILTER && plan.outputFormat().isTable()) {
      options.append(" --output-format ").append(plan.outputFormat().label());
    }
    if (plan.numbered() && plan.rejects().isEmpty()) {
      options.append(" --numbered");
    }
    return options.toString().strip();
  }

  /// Whether what follows looks into the records, so that they must not be passed on as lines.
  private static boolean keepsRecords(Merging merging) {
    return switch (merging) {
      case Merging.Sort(Optional<String> key, boolean _, boolean _) -> key.isPresent();
      case Merging.Reduce _ -> true;
      case Merging.Join _, Merging.Distinct _ -> false;
    };
  }
}
