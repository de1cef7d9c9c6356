package org.pyparallel.cli;

import org.pyparallel.job.RunPlan;

/// `run`, `map`, `filter` and `reduce`: from what was typed to a plan, and from there to a result.
final class RunCommand {
  private final Environment environment;

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  /// @return the exit status
  int run(Arguments arguments) {
    RunOptions options = RunOptionsReader.read(arguments, DefaultOptions.read(environment, arguments.command()));
    RunPlan plan = new RunPlanner(environment, options).plan();
    if (options.program() instanceof Program.Expression expression && expression.explain()) {
      return Explanation.print(environment, plan);
    }
    return new RunExecution(environment, options, plan).run().code();
  }
}
