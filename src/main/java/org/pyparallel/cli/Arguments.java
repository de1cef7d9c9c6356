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
/// @param lists what follows `:::` and its like
/// @param rest what follows `--`, untouched
record Arguments(
    Command command,
    String origin,
    ParseResult parsed,
    List<String> operands,
    List<ArgumentList> lists,
    List<String> rest) {
  /// Begins the value of an option whose value may be left out.
  private static final String MARK = "=";

  Arguments {
    operands = List.copyOf(operands);
    lists = List.copyOf(lists);
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
    List<ArgumentList> lists = List.of();
    if (command.runs()) {
      int start = ArgumentList.start(own);
      lists = lists(own.subList(start, own.size()), command, origin);
      own = own.subList(0, start);
    }
    CommandSpec spec = command.spec(own);
    String[] known = new String[own.size()];
    for (int i = 0; i < known.length; i++) {
      String word = own.get(i);
      if (word.length() > 2
          && word.charAt(0) == '-'
          && spec.findOption("-".concat(word)) != null) { // one hyphen too few
        throw unknownOption(command, origin, word);
      }
      known[i] = marked(spec, word);
    }
    CommandLine parser =
        new CommandLine(spec).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true);
    try {
      ParseResult parsed = parser.parseArgs(known);
      List<String> operands = new ArrayList<>();
      for (PositionalParamSpec operand : spec.positionalParameters()) {
        operands.addAll(operand.stringValues());
      }
      return new Arguments(command, origin, parsed, operands, lists, rest);
    } catch (UnmatchedArgumentException e) {
      String word = e.getUnmatched().getFirst();
      throw e.isUnknownOption()
          ? unknownOption(command, origin, word)
          : new CommandLineError(
              origin + "unexpected argument '" + word + "'", command.helpCommand());
    } catch (MissingParameterException e) {
      throw new CommandLineError(
          origin + missing(e.getMissing().getFirst()), command.helpCommand());
    } catch (ParameterException e) {
      throw new CommandLineError(origin + e.getMessage(), command.helpCommand());
    }
  }

  private static List<ArgumentList> lists(List<String> words, Command command, String origin) {
    try {
      return ArgumentList.read(words);
    } catch (IllegalArgumentException e) {
      throw new CommandLineError(origin + e.getMessage(), command.helpCommand());
    }
  }

  /// Gives an option whose value may be left out one that begins with a mark: picocli would take
  /// the next word for it, and would not take one that looks like an option.
  private static String marked(CommandSpec spec, String word) {
    if (!word.startsWith("--")) {
      return word;
    }
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    OptionSpec option = spec.findOption(name);
    if (option == null || !isMarked(option)) {
      return word;
    }
    return name.concat("=").concat(MARK).concat(equals < 0 ? "" : word.substring(equals + 1));
  }

  private static boolean isMarked(OptionSpec option) {
    return option.arity().min() == 0 && option.arity().max() == 1;
  }

  private static CommandLineError unknownOption(Command command, String origin, String word) {
    String remedy = "";
    if (origin.isEmpty() && command == Command.RUN) {
      remedy = "; the script's own options go after --";
    } else if (origin.isEmpty() && command.runs() && !word.startsWith("--")) {
      remedy = "; an expression that begins with - goes in parentheses";
    }
    return new CommandLineError(
        origin + "unknown option " + word + remedy,
        command.helpCommand(),
        Suggestions.ofOption(word, command.spec()));
  }

  private static String missing(ArgSpec argument) {
    String name = argument instanceof OptionSpec option ? option.longestName() : "";
    String wanted = argument.paramLabel();
    if (argument.completionCandidates() != null) {
      wanted = String.join(", ", argument.completionCandidates());
    }
    return name + " needs a value (" + wanted + ")";
  }

  /// The same words as those of another command, which errors about them then point at.
  Arguments withCommand(Command other) {
    return new Arguments(other, origin, parsed, operands, lists, rest);
  }

  /// The last one given of some options that exclude each other.
  ///
  /// @param typed whether these are the words of the command line
  /// @return null if none was given
  /// @throws CommandLineError if two different ones were given
  @Nullable OptionValue oneOf(boolean typed, RunOption... options) {
    OptionValue found = null;
    for (RunOption option : options) {
      OptionSpec spec = parsed.matchedOption(option.longName());
      if (spec == null) {
        continue;
      }
      if (found != null) {
        throw exclusive(found.option().longName(), option.longName());
      }
      String value = spec.arity().max() == 0 ? "" : spec.stringValues().getLast();
      if (isMarked(spec)) {
        value = value.substring(MARK.length());
      }
      found = new OptionValue(option, value, this, typed);
    }
    return found;
  }

  /// All values given to an option, in order.
  List<String> all(RunOption option) {
    OptionSpec spec = parsed.matchedOption(option.longName());
    return spec == null ? List.of() : spec.stringValues();
  }

  /// Whether an option was given.
  ///
  /// @param name its long spelling
  boolean has(String name) {
    return parsed.hasMatchedOption(name);
  }

  /// The error of two things that do not go together.
  CommandLineError exclusive(String first, String second) {
    return error(first + " and " + second + " exclude each other: leave one of them out");
  }

  /// An error in these words.
  CommandLineError error(String message) {
    return new CommandLineError(origin + message, command.helpCommand());
  }
}
