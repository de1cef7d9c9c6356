package org.pyparallel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Limits;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Share;

/// Holds [RunOptions] against the world: looks for the files, and decides what was left open.
final class RunPlanner {
  private final Environment environment;
  private final RunOptions options;
  private final OneLiner.@Nullable Kind kind;
  private String remark = "";

  RunPlanner(Environment environment, RunOptions options) {
    this.environment = environment;
    this.options = options;
    kind =
        options.program() instanceof Program.Expression(OneLiner oneLiner, boolean _)
            ? oneLiner.kind()
            : null;
  }

  /// @throws PyParallelException.Usage if a file is missing or unfit, or something was typed that
  ///   does not fit what was found
  RunPlan plan() {
    ProgramPlanner program = new ProgramPlanner(environment);
    Script script = program.script(options.program(), options.arguments());
    RecordOptions records = options.records();
    Input input =
        new InputFiles(
                environment, records.format().orElse(Format.LINES) == Format.FILES, kind != null)
            .find(options.input());
    FormatPlanner formats = new FormatPlanner(records, input, options.input().nulSeparated());
    Format format = formats.format(kind == OneLiner.Kind.REDUCE ? Format.VALUES : Format.LINES);
    FormatOptions formatOptions = formats.options(format);
    OutputPlanner output = new OutputPlanner(options.output(), kind, format);
    if (kind == null && options.output().asksScript() && program.reducesItself(script)) {
      output.reduceByScript();
    }
    PythonChoice choice = choice(program);
    PythonPlanner python = new PythonPlanner(environment, choice);
    remark = python.program().remark();
    RuntimeName runtime = python.runtime();
    PythonOptions pythonOptions = python.options();
    Safeguards safeguards =
        new SafeguardPlanner(environment, options.safeguards()).plan(input, format);
    return new RunPlan(
        script,
        input,
        format,
        formatOptions,
        records.encodingErrors(),
        options.numbered()
            || options.output().rejects().isPresent()
            || ProgramPlanner.asksForNumbers(options.program()),
        options.sharding(),
        runtime,
        options.tierUp()
            && choice.runtime() == RuntimeChoice.AUTO
            && runtime == RuntimeName.CPYTHON
            && !script.awaits() // it waits for others, not for its code
            && mayMove(input, pythonOptions, output.ordering(), safeguards),
        options.workers().resolve(environment.cores()),
        output.ordering(),
        output.merging(),
        output.format(),
        output.tagged(),
        outputFile(),
        rejects(),
        shares(),
        pythonOptions,
        safeguards);
  }

  /// Whether a run that moves to another runtime in its midst comes to what it would come to
  /// otherwise.
  private static boolean mayMove(
      Input input, PythonOptions python, Ordering ordering, Safeguards safeguards) {
    Limits limits = safeguards.limits();
    return !(input instanceof Input.None)
        && ordering != Ordering.LINES // what was shown cannot be taken back
        && python.executable().isEmpty() // its packages are not there
        && python.seed().isEmpty() // strings have other hashes there
        && !safeguards.recovery().looksInto()
        && limits.lifespan().isEmpty() // a new interpreter is a cold one
        && limits.memoryBytes().isEmpty(); // it takes several hundred megabytes
  }

  /// What was said about Python, by the script where nobody else did.
  private PythonChoice choice(ProgramPlanner program) {
    PythonChoice choice = options.python();
    if (options.runtimeTyped()
        || choice.runtime() != RuntimeChoice.AUTO
        || !(options.program() instanceof Program.ScriptFile file)) {
      return choice;
    }
    RuntimeChoice asked = program.runtime(file.name());
    return asked == null ? choice : choice.with(asked);
  }

  /// What those who want details should know of the plan, once it is made; empty where that is
  /// nothing.
  String remark() {
    return remark;
  }

  private Optional<Path> outputFile() {
    Optional<String> name = options.output().file();
    if (name.isEmpty() || name.get().equals("-")) {
      return Optional.empty();
    }
    rejectSame("results", name, "rejects", options.output().rejects());
    rejectSame("results", name, "the job log", options.safeguards().jobLog());
    rejectSame("results", name, "the journal", options.safeguards().journal());
    return Optional.of(FileNames.path(environment, name.get()));
  }

  private Optional<Path> rejects() {
    Optional<String> name = options.output().rejects();
    rejectSame("rejects", name, "the job log", options.safeguards().jobLog());
    rejectSame("rejects", name, "the journal", options.safeguards().journal());
    return name.isEmpty() ? Optional.empty() : Optional.of(FileNames.path(environment, name.get()));
  }

  private static void rejectSame(
      String one, Optional<String> file, String other, Optional<String> otherFile) {
    if (file.isPresent() && file.equals(otherFile)) {
      throw new PyParallelException.Usage(
          one
              + " and "
              + other
              + " cannot both go to "
              + file.get()
              + ": name another file for one");
    }
  }

  private List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (ShareOption share : options.shares()) {
      shares.add(FileNames.share(environment, share));
    }
    return shares;
  }
}
