package org.pyparallel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user's default options for `run`, from the environment variable `PYPARALLEL`.
final class DefaultOptions {
  static final String VARIABLE = "PYPARALLEL";
  private static final String ORIGIN = "in the environment variable " + VARIABLE + ": ";

  private DefaultOptions() {}

  /// @return null where the variable is not set
  /// @throws CommandLineError if the variable holds anything but options that can have a default
  static @Nullable Arguments read(Environment environment, Command command) {
    String text = environment.variable(VARIABLE);
    if (text.isEmpty()) {
      return null;
    }
    Arguments defaults = Arguments.parse(command, words(text, command), ORIGIN);
    if (!defaults.operands().isEmpty()) {
      throw defaults.error("'" + defaults.operands().getFirst() + "' is not an option");
    }
    if (!defaults.rest().isEmpty()) {
      throw defaults.error("it holds options only, nothing goes after --");
    }
    if (defaults.has("--help")) {
      throw defaults.error("--help is no default");
    }
    return defaults;
  }

  private static List<String> words(String text, Command command) {
    try {
      return ShellWords.split(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLineError(ORIGIN + e.getMessage(), command.helpCommand());
    }
  }
}
