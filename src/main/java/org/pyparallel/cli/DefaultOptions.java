package org.pyparallel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user's default options, from the environment variable `PYPARALLEL`: any that `run` has. They
/// are for every command that runs something, and each passes over those that it does not have.
final class DefaultOptions {
  static final String VARIABLE = "PYPARALLEL";
  private static final String ORIGIN = "in the environment variable " + VARIABLE + ": ";

  private DefaultOptions() {}

  /// @param command whose defaults they are, and whose help errors point at
  /// @return null where the variable is not set
  /// @throws CommandLineError if the variable holds anything but options that can have a default
  static @Nullable Arguments read(Environment environment, Command command) {
    String text = environment.variable(VARIABLE);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return read(text).withCommand(command);
    } catch (CommandLineError e) {
      throw new CommandLineError(
          String.valueOf(e.getMessage()), command.helpCommand(), e.suggestions());
    }
  }

  private static Arguments read(String text) {
    Arguments defaults = Arguments.parse(Command.RUN, words(text), ORIGIN);
    if (!defaults.operands().isEmpty()) {
      throw defaults.error("'" + defaults.operands().getFirst() + "' is not an option");
    }
    if (!defaults.lists().isEmpty()) {
      String separator = defaults.lists().getFirst().kind().separator();
      throw defaults.error("'" + separator + "' is not an option");
    }
    if (!defaults.rest().isEmpty()) {
      throw defaults.error("it holds options only, nothing goes after --");
    }
    for (RunOption option : RunFlags.of(Command.RUN)) {
      if (RunFlags.isOfOneRun(option) && defaults.has(option.longName())) {
        throw defaults.error(option.longName() + " is no default");
      }
    }
    return defaults;
  }

  private static List<String> words(String text) {
    try {
      return ShellWords.split(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLineError(ORIGIN + e.getMessage(), Command.RUN.helpCommand());
    }
  }
}
