package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.job.Sharding;
import org.pyparallel.report.Verbosity;

/// What the user asked for: checked word by word, but not yet held against the files.
///
/// @param program what to run
/// @param arguments what follows `--`
/// @param numbered whether every shard is to know how many records come before it
/// @param shares the files that every interpreter sees
/// @param runtimeTyped whether the command line says which runtime, so that the script has no say
/// @param tierUp whether a run may move to a faster runtime where nobody said which
record RunOptions(
    Program program,
    List<String> arguments,
    InputOptions input,
    RecordOptions records,
    boolean numbered,
    List<ShareOption> shares,
    Sharding sharding,
    WorkerCount workers,
    PythonChoice python,
    boolean runtimeTyped,
    boolean tierUp,
    SafeguardOptions safeguards,
    OutputOptions output,
    Verbosity verbosity,
    ColorMode color) {
  RunOptions {
    arguments = List.copyOf(arguments);
    shares = List.copyOf(shares);
  }
}
