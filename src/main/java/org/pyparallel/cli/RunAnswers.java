package org.pyparallel.cli;

import org.pyparallel.output.ResultWriter;
import org.pyparallel.pool.Runner;
import org.pyparallel.report.Reporter;

/// What a run does about signals.
final class RunAnswers implements SignalHandlers.Answers {
  private final Runner runner;
  private final ResultWriter writer;
  private final Reporter reporter;
  private final ResumeAdvice advice;

  RunAnswers(Runner runner, ResultWriter writer, Reporter reporter, ResumeAdvice advice) {
    this.runner = runner;
    this.writer = writer;
    this.reporter = reporter;
    this.advice = advice;
  }

  @Override
  public void stop() {
    runner.stop();
  }

  @Override
  public void drain() {
    runner.drain();
    reporter.drains();
  }

  @Override
  public void describe() {
    reporter.describe(runner.stacks());
  }

  /// Takes a half-written output file away.
  @Override
  public void cleanUp() {
    writer.close();
    reporter.cutOff();
    advice.brokeOff();
  }
}
