package org.pyparallel.cli;

import java.util.List;
import java.util.Optional;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.Sharding;
import org.pyparallel.report.Verbosity;

/// What the user asked `run` for: checked word by word, but not yet held against the files.
///
/// @param script the script's name as typed
/// @param inputs the inputs as typed; `-` is standard input
/// @param scriptArguments what follows `--`
/// @param call the function to call, or empty to go by what the script defines
/// @param format the format, or empty to guess it
/// @param outputFile where results go, or empty for standard output
record RunOptions(
    String script,
    List<String> inputs,
    List<String> scriptArguments,
    Optional<String> call,
    Optional<Format> format,
    EncodingErrors encodingErrors,
    Sharding sharding,
    WorkerCount workers,
    RuntimeChoice runtime,
    Ordering ordering,
    OutputFormat outputFormat,
    Optional<String> outputFile,
    Verbosity verbosity,
    ColorMode color) {
  RunOptions {
    inputs = List.copyOf(inputs);
    scriptArguments = List.copyOf(scriptArguments);
  }
}
