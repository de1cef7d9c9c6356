package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.job.RunPlan;

/// `run`, `map`, `filter` and `reduce`: from what was typed to a plan, and from there to a result.
final class RunCommand {
  private final Environment environment;

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  /// @param typed the words after `pyparallel`
  /// @return the exit status
  int run(Arguments arguments, List<String> typed) {
    RunOptions options =
        RunOptionsReader.read(arguments, DefaultOptions.read(environment, arguments.command()));
    RunPlanner planner = new RunPlanner(environment, options);
    RunPlan plan = planner.plan();
    if (options.program() instanceof Program.Expression expression && expression.explain()) {
      return Explanation.print(environment, plan);
    }
    if (plan.safeguards().recovery().looksInto()) {
      ErrorShell.check(environment);
    }
    return new RunExecution(environment, options, plan, typed).run(planner.remark()).code();
  }
}
