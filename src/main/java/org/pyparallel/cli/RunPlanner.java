package org.pyparallel.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Script;

/// Holds [RunOptions] against the world: looks for the files, and decides what was left open.
final class RunPlanner {
  private final Environment environment;
  private final RunOptions options;

  RunPlanner(Environment environment, RunOptions options) {
    this.environment = environment;
    this.options = options;
  }

  /// @throws PyParallelException.Usage if a file is missing or unfit
  RunPlan plan() {
    Script script = new Script(scriptFile(), options.call(), options.scriptArguments());
    Input input =
        new InputFiles(environment, options.format().orElse(Format.LINES) == Format.FILES)
            .find(options.inputs());
    return new RunPlan(
        script,
        input,
        options.format().isPresent() ? options.format().get() : guessFormat(input),
        options.encodingErrors(),
        options.sharding(),
        options.runtime().runtime(),
        options.workers().resolve(environment.cores()),
        options.ordering(),
        options.outputFormat(),
        outputFile());
  }

  private Path scriptFile() {
    String name = options.script();
    if (name.equals("-")) {
      throw new PyParallelException.Usage(
          "the script cannot come from standard input: save it in a file");
    }
    Path file = path(name);
    if (!Files.exists(file)) {
      throw new PyParallelException.Usage(
          "no such script: "
              + name
              + (name.startsWith("/")
                  ? ""
                  : " (in " + environment.resolve("").toAbsolutePath() + ")"));
    }
    if (Files.isDirectory(file)) {
      throw new PyParallelException.Usage(
          "the script " + name + " is a directory: name a Python file in it");
    }
    if (!Files.isReadable(file)) {
      throw new PyParallelException.Usage(
          "cannot read the script " + name + ": permission denied; make it readable (chmod +r)");
    }
    return file.toAbsolutePath();
  }

  private static Format guessFormat(Input input) {
    if (input instanceof Input.Files(List<Path> files)) {
      String name = files.getFirst().toString().toLowerCase(Locale.ROOT);
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        return Format.JSONL;
      }
    }
    return Format.LINES;
  }

  private Optional<Path> outputFile() {
    if (options.outputFile().isEmpty() || options.outputFile().get().equals("-")) {
      return Optional.empty();
    }
    return Optional.of(path(options.outputFile().get()));
  }

  private Path path(String name) {
    try {
      return environment.resolve(name);
    } catch (InvalidPathException e) {
      throw new PyParallelException.Usage("'" + name + "' is no file name: " + e.getReason());
    }
  }
}
