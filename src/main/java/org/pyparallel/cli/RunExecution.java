package org.pyparallel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.ClosedOutputException;
import org.pyparallel.merge.MergingSink;
import org.pyparallel.output.ResultWriter;
import org.pyparallel.pool.Runner;
import org.pyparallel.report.Colour;
import org.pyparallel.report.Reporter;
import org.pyparallel.report.Terminal;
import org.pyparallel.workload.ShardSource;
import org.pyparallel.workload.ShardSources;

/// Wires the parts of a run together, runs it, and takes everything down again.
///
/// The signal handlers go first of all that is taken down: the run is over then, and closing the
/// runtime is all that is left. Whatever fails before there is a run is the caller's to report.
final class RunExecution {
  private static final int DEFAULT_COLUMNS = 80;

  private final Environment environment;
  private final RunPlan plan;
  private final RunOptions options;

  RunExecution(Environment environment, RunOptions options, RunPlan plan) {
    this.environment = environment;
    this.options = options;
    this.plan = plan;
  }

  /// Runs to the end.
  ///
  /// @throws PyParallelException if the run cannot start
  ExitStatus run() {
    Terminal terminal = terminal();
    RunNotices notices = new RunNotices();
    try (Runtime runtime = Runtimes.of(plan, environment.runtimes(), notices);
        ResultWriter writer = ResultWriter.open(plan, environment.version(), environment.stdout());
        MergingSink sink = MergingSink.open(plan, writer, temporaryFolder());
        ShardSource source = ShardSources.open(plan, environment.stdin());
        Reporter reporter = new Reporter(terminal, options.verbosity(), source.shardCount())) {
      notices.to(reporter);
      Runner runner = new Runner(plan, runtime, source, sink, new Listeners(writer, reporter));
      try (SignalHandlers signals = new SignalHandlers(new Stop(runner), new Discard(writer))) {
        signals.install();
        return run(runner, writer, signals);
      } catch (PyParallelException.ScriptFailed e) {
        reporter.close();
        reporter.scriptFailed(options.program().title(), e.error());
        return ExitStatus.of(e);
      } catch (PyParallelException.InputFailed e) {
        reporter.close(); // it has said what was wrong when it happened
        if (plan.outputFile().isPresent()) {
          terminal.line(
              "pyparallel: '"
                  + plan.outputFile().get()
                  + "' left as it was, since not all of the input could be read");
        }
        return ExitStatus.of(e);
      } catch (PyParallelException e) {
        reporter.close();
        terminal.line("pyparallel: " + e.getMessage());
        return ExitStatus.of(e);
      }
    }
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
    return ExitStatus.of(report, signals.received());
  }

  private Path temporaryFolder() {
    String named = environment.variable("TMPDIR");
    return Path.of(named.isEmpty() ? System.getProperty("java.io.tmpdir") : named);
  }

  private Terminal terminal() {
    boolean interactive =
        environment.isTerminal(Environment.Stream.STDERR)
            && !environment.variable("TERM").equals("dumb");
    return new Terminal(
        environment.stderr(),
        StandardCharsets.UTF_8,
        interactive ? Terminal.Kind.INTERACTIVE : Terminal.Kind.PLAIN,
        options.color().useColor(environment, Environment.Stream.STDERR)
            ? Colour.ALWAYS
            : Colour.NEVER,
        new Columns(environment.columns() == 0 ? DEFAULT_COLUMNS : environment.columns()));
  }

  /// Tells the writer what belongs into its document, and the user the rest.
  private record Listeners(ResultWriter writer, Reporter reporter) implements Consumer<RunEvent> {
    @Override
    public void accept(RunEvent event) {
      if (event instanceof RunEvent.Failure failure) {
        writer.failure(failure);
      }
      reporter.accept(event);
    }
  }

  private record Stop(Runner runner) implements Runnable {
    @Override
    public void run() {
      runner.stop();
    }
  }

  /// Takes a half-written output file away.
  private record Discard(ResultWriter writer) implements Runnable {
    @Override
    public void run() {
      writer.close();
    }
  }

  private record Columns(int getAsInt) implements IntSupplier {}
}
