package org.pyparallel.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;
import org.pyparallel.job.Share;

/// A script and how to open it; every `with` and flag gives a changed copy.
public record Setup(Runtime runtime, RunPlan plan) {
  static Setup of(Runtime runtime, Path folder, String source) {
    try {
      return new Setup(runtime, plan(Files.writeString(folder.resolve("script.py"), source), 2));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A plan in which only the script matters.
  public static RunPlan plan(Path script, int workers) {
    return new RunPlan(
        new Script(script, Optional.empty(), List.of()),
        new Input.Stdin(),
        Format.LINES,
        EncodingErrors.STRICT,
        new Sharding.Adaptive(),
        RuntimeName.CPYTHON,
        workers,
        Ordering.INPUT,
        OutputFormat.TEXT,
        Optional.empty());
  }

  Setup format(Format changed) {
    return format(changed, FormatOptions.of(changed));
  }

  Setup format(Format changed, FormatOptions options) {
    return with(
        plan.script(),
        plan.input(),
        changed,
        options,
        plan.encodingErrors(),
        plan.merging(),
        plan.outputFormat(),
        plan.shares());
  }

  Setup errors(EncodingErrors changed) {
    return with(
        plan.script(),
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        changed,
        plan.merging(),
        plan.outputFormat(),
        plan.shares());
  }

  Setup call(String changed) {
    return script(
        new Script(plan.script().file(), Optional.of(changed), plan.script().arguments()));
  }

  Setup arguments(String... changed) {
    return script(new Script(plan.script().file(), plan.script().call(), List.of(changed)));
  }

  Setup concurrency(int changed) {
    Script script = plan.script();
    return script(
        new Script(
            script.file(),
            script.call(),
            script.arguments(),
            script.oneLiner(),
            OptionalInt.of(changed),
            true));
  }

  Setup script(Script changed) {
    return with(
        changed,
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        plan.merging(),
        plan.outputFormat(),
        plan.shares());
  }

  Setup merging(Merging changed) {
    return with(
        plan.script(),
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        changed,
        plan.outputFormat(),
        plan.shares());
  }

  Setup output(OutputFormat changed) {
    return with(
        plan.script(),
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        plan.merging(),
        changed,
        plan.shares());
  }

  Setup json() {
    return output(OutputFormat.JSONL);
  }

  Setup shares(Share... changed) {
    return with(
        plan.script(),
        plan.input(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        plan.merging(),
        plan.outputFormat(),
        List.of(changed));
  }

  /// Has records that fail passed on; nothing is written to any file here.
  Setup rejecting() {
    return new Setup(
        runtime,
        new RunPlan(
            plan.script(),
            plan.input(),
            plan.format(),
            plan.formatOptions(),
            plan.encodingErrors(),
            plan.numbered(),
            plan.sharding(),
            plan.runtime(),
            false,
            plan.workers(),
            plan.ordering(),
            plan.merging(),
            plan.outputFormat(),
            plan.tagged(),
            plan.outputFile(),
            Optional.of(Path.of("rejects.jsonl")),
            plan.shares(),
            plan.python(),
            plan.safeguards()));
  }

  Setup python(PythonOptions changed) {
    return new Setup(runtime, plan.with(changed));
  }

  /// To be called last.
  Setup recovery(Recovery changed) {
    return new Setup(
        runtime,
        plan.with(new Safeguards(Limits.NONE, changed, Optional.empty(), Optional.empty())));
  }

  /// Has a journal, which nobody opens here. To be called last.
  Setup journaling() {
    Journaling journal = new Journaling(Path.of("journal"), false, false);
    return new Setup(
        runtime,
        plan.with(
            new Safeguards(Limits.NONE, Recovery.NONE, Optional.of(journal), Optional.empty())));
  }

  Setup once() {
    return with(
        plan.script(),
        new Input.None(),
        plan.format(),
        plan.formatOptions(),
        plan.encodingErrors(),
        plan.merging(),
        plan.outputFormat(),
        plan.shares());
  }

  Setup tagged() {
    return new Setup(
        runtime,
        new RunPlan(
            plan.script(),
            plan.input(),
            plan.format(),
            plan.formatOptions(),
            plan.encodingErrors(),
            plan.numbered(),
            plan.sharding(),
            plan.runtime(),
            false,
            plan.workers(),
            plan.ordering(),
            plan.merging(),
            plan.outputFormat(),
            true,
            plan.outputFile(),
            plan.rejects(),
            plan.shares(),
            plan.python(),
            plan.safeguards()));
  }

  private Setup with(
      Script script,
      Input input,
      Format format,
      FormatOptions options,
      EncodingErrors errors,
      Merging merging,
      OutputFormat output,
      List<Share> shares) {
    return new Setup(
        runtime,
        new RunPlan(
            script,
            input,
            format,
            options,
            errors,
            plan.numbered(),
            plan.sharding(),
            plan.runtime(),
            false,
            plan.workers(),
            plan.ordering(),
            merging,
            output,
            plan.tagged(),
            plan.outputFile(),
            plan.rejects(),
            shares,
            plan.python(),
            plan.safeguards()));
  }

  Session open() {
    return open(new StringBuffer());
  }

  Session open(StringBuffer diagnostics) {
    return open(diagnostics, _ -> {});
  }

  /// @param opening see [InterpreterConfig#opening]
  Session open(StringBuffer diagnostics, Consumer<Interpreter> opening) {
    InterpreterConfig config =
        new InterpreterConfig(plan, 1, OptionalLong.of(7), diagnostics::append, opening);
    return Session.open(runtime, config, diagnostics);
  }
}
