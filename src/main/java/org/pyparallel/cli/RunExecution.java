package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.journal.JobLog;
import org.pyparallel.journal.Journal;
import org.pyparallel.merge.ClosedOutputException;
import org.pyparallel.merge.MergingSink;
import org.pyparallel.output.ResultWriter;
import org.pyparallel.pool.Inquest;
import org.pyparallel.pool.Lineup;
import org.pyparallel.pool.Runner;
import org.pyparallel.report.Reporter;
import org.pyparallel.report.Terminal;
import org.pyparallel.workload.ShardSource;
import org.pyparallel.workload.ShardSources;

/// Wires the parts of a run together, runs it, and takes everything down again.
///
/// The signal handlers go first of all that is taken down: the run is over then, and closing the
/// runtime is all that is left. Whatever fails before there is a run is the caller's to report.
final class RunExecution {
  private final Environment environment;
  private final RunPlan plan;
  private final RunOptions options;
  private final Terminal terminal;
  private final ResumeAdvice advice;

  /// @param typed the words after `pyparallel`
  RunExecution(Environment environment, RunOptions options, RunPlan plan, List<String> typed) {
    this.environment = environment;
    this.options = options;
    this.plan = plan;
    terminal = StandardError.terminal(environment, options.color());
    advice =
        new ResumeAdvice(
            plan, typed, options.verbosity(), terminal, StandardError.isInteractive(environment));
  }

  /// Runs to the end.
  ///
  /// @param remark what to tell those who want details beforehand; empty for nothing
  /// @throws PyParallelException if the run cannot start
  ExitStatus run(String remark) {
    RunNotices notices = new RunNotices();
    try (Runtime runtime = Runtimes.of(plan, environment.runtimes(), notices);
        Runtime rescue = Runtimes.rescue(plan, environment.runtimes());
        Runtime faster = Runtimes.faster(plan, environment.runtimes());
        Journal journal = journal(runtime);
        ResultWriter writer = ResultWriter.open(plan, environment.version(), environment.stdout());
        MergingSink sink = MergingSink.open(plan, writer, temporaryFolder());
        ShardSource source = source(journal);
        Reporter reporter = new Reporter(terminal, options.verbosity(), source.shardCount());
        JobLog jobLog = jobLog(reporter)) {
      RunListener listener = new RunListener(writer, reporter, jobLog);
      notices.to(listener);
      if (!remark.isEmpty()) {
        listener.accept(new RunEvent.Notice(remark, true));
      }
      Runner runner =
          new Runner(
              plan,
              new Lineup(runtime, rescue, faster),
              temporaryFolder(),
              source,
              sink,
              listener,
              journal);
      Inquest inquest = runner.inquest();
      ExitStatus status = run(runner, writer, reporter, listener);
      if (inquest != null) {
        lookInto(inquest, status);
      }
      return status;
    }
  }

  private ExitStatus run(
      Runner runner, ResultWriter writer, Reporter reporter, RunListener listener) {
    try (SignalHandlers signals =
        new SignalHandlers(new RunAnswers(runner, writer, reporter, advice))) {
      signals.install();
      return run(runner, writer, signals);
    } catch (PyParallelException e) {
      reporter.close();
      report(e, reporter);
      if (listener.hasBegun()) {
        advice.brokeOff();
      }
      return ExitStatus.of(e);
    }
  }

  /// Not where the user wanted the run to end.
  private void lookInto(Inquest inquest, ExitStatus status) {
    try {
      if (status == ExitStatus.FAILED && inquest.isClaimed()) {
        new ErrorShell(environment, plan, options.color()).open(inquest);
      }
    } finally {
      inquest.end();
    }
  }

  private @Nullable Journal journal(Runtime runtime) {
    return plan.safeguards().journal().isEmpty()
        ? null
        : Journal.open(plan, runtime.version(), ShardSources.cut(plan));
  }

  private ShardSource source(@Nullable Journal journal) {
    return ShardSources.open(
        journal == null ? plan : plan.with(journal.cut()), environment.stdin());
  }

  private @Nullable JobLog jobLog(Reporter reporter) {
    return plan.safeguards().jobLog().isEmpty() ? null : JobLog.open(plan, reporter);
  }

  private ExitStatus run(Runner runner, ResultWriter writer, SignalHandlers signals) {
    RunReport report;
    try {
      report = runner.run();
    } catch (LinkageError e) {
      throw Runtimes.failed(plan.runtime(), e);
    }
    try {
      writer.finish(report);
    } catch (ClosedOutputException _) {
      // whoever reads has seen enough; what there is to say is in the report
    } catch (IOException e) {
      throw new PyParallelException.OutputFailed(
          "cannot write the results: " + FileProblem.of(e), e);
    }
    advice.ended(report);
    return ExitStatus.of(report, signals.received());
  }

  private void report(PyParallelException failure, Reporter reporter) {
    if (failure instanceof PyParallelException.ScriptFailed failed) {
      reporter.scriptFailed(options.program().title(), failed.error());
    } else if (!(failure instanceof PyParallelException.InputFailed)) {
      terminal.line("pyparallel: " + failure.getMessage());
    } else if (plan.outputFile().isPresent()) { // what was wrong was said when it happened
      terminal.line(
          "pyparallel: '"
              + plan.outputFile().get()
              + "' left as it was, since not all of the input could be read");
    }
  }

  private Path temporaryFolder() {
    String named = environment.variable("TMPDIR");
    return Path.of(named.isEmpty() ? System.getProperty("java.io.tmpdir") : named);
  }
}
