package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;

/// Which options each of the commands that run something has.
final class RunFlags {
  private RunFlags() {}

  /// The options of a command, in the order of the help.
  static List<RunOption> of(Command command) {
    List<RunOption> options = new ArrayList<>();
    addThoseOf(command, WorkFlags.all(), options);
    addThoseOf(command, InputFlags.all(), options);
    addThoseOf(command, PythonFlags.all(), options);
    addThoseOf(command, SafetyFlags.all(), options);
    addThoseOf(command, JournalFlags.all(), options);
    addThoseOf(command, OutputFlags.all(), options);
    return options;
  }

  private static void addThoseOf(Command command, List<RunOption> from, List<RunOption> to) {
    for (RunOption option : from) {
      if (option == OutputFlags.REDUCE && has(command, option) && command != Command.RUN) {
        to.add(OutputFlags.REDUCE_BUILT_IN);
      } else if (has(command, option)) {
        to.add(option);
      }
    }
  }

  /// Whether a command has an option: a session has its own few; what an expression stands for has
  /// no other functions to call, awaits nothing, and fails record by record, which leaves nothing
  /// to bisect; what reduces already neither sorts nor tells its results apart, and has no record
  /// to look into where two results fail.
  static boolean has(Command command, RunOption option) {
    if (command == Command.REPL) {
      return ReplFlags.has(option);
    }
    if (option == WorkFlags.CALL
        || option == WorkFlags.CONCURRENCY
        || option == SafetyFlags.BISECT) {
      return command == Command.RUN;
    }
    if (option == SafetyFlags.REPL_ON_ERROR) {
      return command != Command.REDUCE;
    }
    if (option == WorkFlags.EXPLAIN) {
      return command != Command.RUN;
    }
    if (command == Command.REDUCE) {
      return option != OutputFlags.REDUCE
          && option != OutputFlags.SORT
          && option != OutputFlags.UNIQUE
          && option != OutputFlags.TAG;
    }
    return true;
  }

  /// Whether an option says what this one run is about, so that it cannot be set for all of them. A
  /// journal is of one run as well, and so is a log, which the next run would overwrite. Records at
  /// once are for the scripts that can have them, and an error for all others.
  static boolean isOfOneRun(RunOption option) {
    return option == OutputFlags.HELP
        || option == SafetyFlags.REPL_ON_ERROR
        || option == WorkFlags.CONCURRENCY
        || option == InputFlags.RANGE
        || option == InputFlags.ARG_FILE
        || option == InputFlags.FILES_FROM
        || JournalFlags.all().contains(option);
  }
}
