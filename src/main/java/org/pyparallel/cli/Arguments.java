package org.pyparallel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a command line, told apart but not yet understood.
///
/// @param command whose they are
/// @param origin what messages about them begin with, empty for the command line itself
/// @param given the options in the order they were typed
/// @param operands the words that are no options
/// @param rest what follows `--`, untouched
record Arguments(
    CommandDef command,
    String origin,
    List<Given> given,
    List<String> operands,
    List<String> rest) {
  /// An option as it was typed.
  ///
  /// @param value its value, empty for a flag
  record Given(OptionDef option, String spelling, String value) {}

  Arguments {
    given = List.copyOf(given);
    operands = List.copyOf(operands);
    rest = List.copyOf(rest);
  }

  /// The last one given of some options that exclude each other.
  ///
  /// @return null if none was given
  /// @throws CommandLineError if two different ones were given
  @Nullable Given oneOf(OptionDef... options) {
    Given found = null;
    for (Given each : given) {
      if (contains(options, each.option())) {
        if (found != null && !found.option().is(each.option())) {
          throw error(
              found.spelling()
                  + " and "
                  + each.spelling()
                  + " exclude each other: leave one of them out");
        }
        found = each;
      }
    }
    return found;
  }

  /// Whether an option was given.
  ///
  /// @param name its long spelling
  boolean has(String name) {
    for (Given each : given) {
      if (each.option().name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// An error in these words.
  CommandLineError error(String message) {
    return new CommandLineError(origin + message, command.helpCommand());
  }

  private static boolean contains(OptionDef[] options, OptionDef option) {
    for (OptionDef each : options) {
      if (each.is(option)) {
        return true;
      }
    }
    return false;
  }
}
