package org.pyparallel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.Safeguards;

/// Holds [SafeguardOptions] against the input, the format and the files.
final class SafeguardPlanner {
  private final Environment environment;
  private final SafeguardOptions options;

  SafeguardPlanner(Environment environment, SafeguardOptions options) {
    this.environment = environment;
    this.options = options;
  }

  /// @throws PyParallelException.Usage if something was typed that does not fit
  Safeguards plan(Input input, Format format) {
    return new Safeguards(options.limits(), recovery(input, format), journal(input), jobLog());
  }

  /// Only where a byte ends a record can a shard be halved without a look at all of it.
  private Recovery recovery(Input input, Format format) {
    Recovery recovery = options.recovery();
    boolean fits = format.terminator().isPresent() && !(input instanceof Input.None);
    if (!recovery.bisect() || fits) {
      return recovery;
    }
    if (options.bisectTyped()) {
      String what =
          input instanceof Input.None
              ? ", and there is no input: name files, or pipe something in"
              : ", which those of "
                  + format.label()
                  + " do not: leave it out, or use a format of lines";
      throw new PyParallelException.Usage(
          SafetyFlags.BISECT.longName() + " needs records that end in a line end or NUL" + what);
    }
    return new Recovery(
        recovery.retries(),
        recovery.recordsFailAlone(),
        false,
        recovery.halt(),
        recovery.looksInto());
  }

  private Optional<Journaling> journal(Input input) {
    if (options.journal().isEmpty()) {
      return Optional.empty();
    }
    String name = options.journal().get();
    if (input instanceof Input.None) {
      throw new PyParallelException.Usage(
          "--journal keeps shards of an input, and there is none: name files, or pipe something"
              + " in");
    }
    Path folder = FileNames.path(environment, name);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new PyParallelException.Usage(
          "--journal " + name + ": that is a file: name a folder, which need not be there yet");
    }
    return Optional.of(new Journaling(folder, options.resume(), options.redoFailed()));
  }

  private Optional<Path> jobLog() {
    if (options.jobLog().isEmpty()) {
      return Optional.empty();
    }
    String name = options.jobLog().get();
    if (options.jobLog().equals(options.journal())) {
      throw new PyParallelException.Usage(
          "the job log and the journal cannot both go to " + name + ": name another file for one");
    }
    return Optional.of(FileNames.path(environment, name));
  }
}
