package org.pyparallel.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.FakeInterpreter;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Input;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;
import org.pyparallel.job.TimeLimit;
import org.pyparallel.merge.CollectingSink;

/// A [Runner] between a [FakeRuntime], a [ListSource] and a [CollectingSink].
final class TestRun {
  static final int WORKERS = 3;
  static final Duration PATIENCE = Duration.ofMillis(50);

  final FakeRuntime runtime;
  final ListSource source;
  final CollectingSink sink;
  final EventLog events = new EventLog();
  final Runner runner;

  TestRun(FakeRuntime runtime, ListSource source, CollectingSink sink, RunPlan plan) {
    this.runtime = runtime;
    this.source = source;
    this.sink = sink;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    this.runner = new Runner(plan, new Lineup(runtime), folder, source, sink, events, null);
  }

  /// A run with safeguards, whose patience with stuck workers is short.
  ///
  /// @param rescue see [Runner]
  /// @param resident how much memory this process has
  TestRun(
      FakeRuntime runtime,
      @Nullable FakeRuntime rescue,
      ListSource source,
      RunPlan plan,
      CollectingSink sink,
      Path folder,
      MemoryWatch.Resident resident) {
    this.runtime = runtime;
    this.source = source;
    this.sink = sink;
    this.runner =
        new Runner(
            plan,
            new Lineup(runtime, rescue, null),
            folder,
            source,
            sink,
            events,
            null,
            PATIENCE,
            resident,
            TierUp.Terms.USUAL);
  }

  /// A run that may move to another runtime, on terms of its own.
  TestRun(Lineup lineup, ListSource source, RunPlan plan, Path folder, TierUp.Terms terms) {
    this.runtime = (FakeRuntime) lineup.first();
    this.source = source;
    this.sink = new CollectingSink();
    this.runner =
        new Runner(plan, lineup, folder, source, sink, events, null, PATIENCE, () -> 0, terms);
  }

  TestRun(FakeRuntime runtime, ListSource source, RunPlan plan, Path folder) {
    this(runtime, null, source, plan, new CollectingSink(), folder, () -> 0);
  }

  TestRun(FakeRuntime runtime, ListSource source, CollectingSink sink) {
    this(runtime, source, sink, plan(WORKERS, Ordering.INPUT));
  }

  TestRun(FakeRuntime runtime, ListSource source) {
    this(runtime, source, new CollectingSink());
  }

  TestRun(FakeScript script, ListSource source) {
    this(new FakeRuntime(script), source);
  }

  static RunPlan plan(int workers, Ordering ordering) {
    return new RunPlan(
        new Script(Path.of("script.py"), Optional.empty(), List.of()),
        new Input.Files(List.of(Path.of("in"))),
        Format.LINES,
        EncodingErrors.STRICT,
        new Sharding.Adaptive(),
        RuntimeName.CPYTHON,
        workers,
        ordering,
        OutputFormat.TEXT,
        Optional.empty());
  }

  static RunPlan plan(int workers, Limits limits, Recovery recovery) {
    return plan(workers, Ordering.INPUT).with(safeguards(limits, recovery));
  }

  static Safeguards safeguards(Limits limits, Recovery recovery) {
    return new Safeguards(limits, recovery, Optional.empty(), Optional.empty());
  }

  static Limits shardLimit(Duration time) {
    return new Limits(
        Optional.of(new TimeLimit.Fixed(time)),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static Recovery retries(int retries) {
    return new Recovery(retries, true, false, Optional.empty());
  }

  static Recovery halt(Halt.When when, Halt.What what, long count, boolean percent) {
    return new Recovery(0, true, false, Optional.of(new Halt(when, what, count, percent)));
  }

  static final Recovery BISECT = new Recovery(0, true, true, Optional.empty());

  /// Runs in a thread of its own.
  CompletableFuture<RunReport> start() {
    CompletableFuture<RunReport> report = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("test-run")
        .start(
            () -> {
              try {
                report.complete(runner.run());
              } catch (Throwable e) {
                report.completeExceptionally(e);
              }
            });
    return report;
  }

  /// Waits until the threads of all interpreters have ended; returns those that have not.
  List<Thread> threadsLeft() throws InterruptedException {
    List<Thread> owners = runtime.interpreters().stream().map(FakeInterpreter::owner).toList();
    for (Thread owner : owners) {
      owner.join(1_000);
    }
    return owners.stream().filter(Thread::isAlive).toList();
  }
}
