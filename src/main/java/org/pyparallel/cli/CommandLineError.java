package org.pyparallel.cli;

import java.util.List;

/// The words of a command line do not fit its options: status 2, and a pointer to the help.
final class CommandLineError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String helpCommand;
  private final transient List<String> suggestions;

  /// @param message what is wrong and what would be right
  /// @param helpCommand what to type for help, as in `pyparallel run --help`
  CommandLineError(String message, String helpCommand) {
    this(message, helpCommand, List.of());
  }

  /// @param suggestions what may have been meant, best first
  CommandLineError(String message, String helpCommand, List<String> suggestions) {
    super(message);
    this.helpCommand = helpCommand;
    this.suggestions = List.copyOf(suggestions);
  }

  String helpCommand() {
    return helpCommand;
  }

  List<String> suggestions() {
    return suggestions;
  }
}
