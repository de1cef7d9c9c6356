package org.pyparallel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Share;

/// Holds [RunOptions] against the world: looks for the files, and decides what was left open.
final class RunPlanner {
  private final Environment environment;
  private final RunOptions options;
  private final OneLiner.@Nullable Kind kind;

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
        options.runtime().runtime(),
        options.workers().resolve(environment.cores()),
        output.ordering(),
        output.merging(),
        output.format(),
        output.tagged(),
        outputFile(),
        rejects(),
        shares(),
        PythonOptions.NONE,
        Safeguards.NONE);
  }

  private Optional<Path> outputFile() {
    Optional<String> name = options.output().file();
    if (name.isEmpty() || name.get().equals("-")) {
      return Optional.empty();
    }
    if (name.equals(options.output().rejects())) {
      throw new PyParallelException.Usage(
          "results and rejects cannot both go to " + name.get() + ": name another file for one");
    }
    return Optional.of(FileNames.path(environment, name.get()));
  }

  private Optional<Path> rejects() {
    Optional<String> name = options.output().rejects();
    return name.isEmpty() ? Optional.empty() : Optional.of(FileNames.path(environment, name.get()));
  }

  private List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (ShareOption share : options.shares()) {
      shares.add(FileNames.share(environment, share));
    }
    return shares;
  }
}
