package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The words of a command line, told apart by picocli but not yet understood.
///
/// @param command whose they are
/// @param origin what messages about them begin with, empty for the command line itself
/// @param parsed the options
/// @param operands the words that are no options
/// @param rest what follows `--`, untouched
record Arguments(
    Command command, String origin, ParseResult parsed, List<String> operands, List<String> rest) {
  /// An option as it was typed, last.
  ///
  /// @param value its value, empty for a flag
  record Given(RunOption option, String value) {}

  Arguments {
    operands = List.copyOf(operands);
    rest = List.copyOf(rest);
  }

  /// Parses the words of a command. Options may be repeated, the last one counts.
  ///
  /// @param origin what messages begin with
  /// @throws CommandLineError if the words do not fit the command's options
  static Arguments parse(Command command, List<String> words, String origin) {
    int end = words.indexOf("--");
    List<String> own = end < 0 ? words : words.subList(0, end);
    List<String> rest = end < 0 ? List.of() : words.subList(end + 1, words.size());
    CommandSpec spec = command.spec();
    for (String word : own) {
      if (word.length() > 2
          && word.charAt(0) == '-'
          && spec.findOption("-".concat(word)) != null) { // one hyphen too few
        throw unknownOption(command, spec, origin, word);
      }
    }
    CommandLine parser =
        new CommandLine(spec).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true);
    try {
      ParseResult parsed = parser.parseArgs(own.toArray(new String[0]));
      List<String> operands = new ArrayList<>();
      for (PositionalParamSpec operand : spec.positionalParameters()) {
        operands.addAll(operand.stringValues());
      }
      return new Arguments(command, origin, parsed, operands, rest);
    } catch (UnmatchedArgumentException e) {
      String word = e.getUnmatched().getFirst();
      throw e.isUnknownOption()
          ? unknownOption(command, spec, origin, word)
          : new CommandLineError(
              origin + "unexpected argument '" + word + "'", command.helpCommand());
    } catch (MissingParameterException e) {
      throw new CommandLineError(
          origin + missing(e.getMissing().getFirst()), command.helpCommand());
    } catch (ParameterException e) {
      throw new CommandLineError(origin + e.getMessage(), command.helpCommand());
    }
  }

  private static CommandLineError unknownOption(
      Command command, CommandSpec spec, String origin, String word) {
    String remedy =
        origin.isEmpty() && command == Command.RUN ? "; the script's own options go after --" : "";
    return new CommandLineError(
        origin + "unknown option " + word + remedy,
        command.helpCommand(),
        Suggestions.ofOption(word, spec));
  }

  private static String missing(ArgSpec argument) {
    String name = argument instanceof OptionSpec option ? option.longestName() : "";
    String wanted = argument.paramLabel();
    if (argument.completionCandidates() != null) {
      wanted = String.join(", ", argument.completionCandidates());
    }
    return name + " needs a value (" + wanted + ")";
  }

  /// The last one given of some options that exclude each other.
  ///
  /// @return null if none was given
  /// @throws CommandLineError if two different ones were given
  @Nullable Given oneOf(RunOption... options) {
    Given found = null;
    for (RunOption option : options) {
      OptionSpec spec = parsed.matchedOption(option.longName());
      if (spec == null) {
        continue;
      }
      if (found != null) {
        throw error(
            found.option().longName()
                + " and "
                + option.longName()
                + " exclude each other: leave one of them out");
      }
      List<String> values = spec.stringValues();
      found = new Given(option, spec.arity().max() == 0 ? "" : values.getLast());
    }
    return found;
  }

  /// Whether an option was given.
  ///
  /// @param name its long spelling
  boolean has(String name) {
    return parsed.hasMatchedOption(name);
  }

  /// An error in these words.
  CommandLineError error(String message) {
    return new CommandLineError(origin + message, command.helpCommand());
  }
}
