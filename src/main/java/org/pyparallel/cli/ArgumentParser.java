package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells options, operands and the script's own arguments apart, by the rules of `getopt_long`.
///
/// Options and operands may be mixed. A value follows its option as the next word, after `=`, or,
/// for a short option, at once (`-j4`). Short flags may be joined (`-kq`). `--` ends the options. A
/// word that is itself an option is not taken as a value, since that is nearly always a forgotten
/// one.
final class ArgumentParser {
  private final CommandDef command;
  private final String origin;
  private final List<Arguments.Given> given = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();

  private ArgumentParser(CommandDef command, String origin) {
    this.command = command;
    this.origin = origin;
  }

  /// Parses the words of a command.
  ///
  /// @param origin what messages begin with, see [Arguments#origin]
  /// @throws CommandLineError if the words do not fit the command's options
  static Arguments parse(CommandDef command, List<String> words, String origin) {
    return new ArgumentParser(command, origin).parse(words);
  }

  private Arguments parse(List<String> words) {
    int next = 0;
    while (next < words.size()) {
      String word = words.get(next++);
      if (word.equals("--")) {
        break;
      }
      String following = next < words.size() ? words.get(next) : null;
      if (word.startsWith("--")) {
        next += longOption(word, following);
      } else if (word.length() > 1 && word.charAt(0) == '-') {
        next += shortOptions(word, following);
      } else {
        operands.add(word);
      }
    }
    return new Arguments(command, origin, given, operands, words.subList(next, words.size()));
  }

  /// Returns how many of the following words it took.
  private int longOption(String word, @Nullable String following) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    OptionDef option = command.option(name);
    if (option == null) {
      throw unknown(name);
    }
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw error(name + " takes no value, but '" + word.substring(equals + 1) + "' was given");
      }
      given.add(new Arguments.Given(option, name, ""));
      return 0;
    }
    if (equals >= 0) {
      given.add(new Arguments.Given(option, name, word.substring(equals + 1)));
      return 0;
    }
    given.add(new Arguments.Given(option, name, value(option, name, following)));
    return 1;
  }

  private int shortOptions(String word, @Nullable String following) {
    if (command.option("-".concat(word)) != null) {
      throw unknown(word); // one hyphen too few
    }
    for (int i = 1; i < word.length(); i++) {
      String name = String.valueOf(new char[] {'-', word.charAt(i)});
      OptionDef option = command.option(name);
      if (option == null) {
        throw unknown(i == 1 ? word : name);
      }
      if (option.takesValue()) {
        String attached = word.substring(i + 1);
        if (attached.startsWith("=")) {
          attached = attached.substring(1);
        } else if (attached.isEmpty()) {
          given.add(new Arguments.Given(option, name, value(option, name, following)));
          return 1;
        }
        given.add(new Arguments.Given(option, name, attached));
        return 0;
      }
      given.add(new Arguments.Given(option, name, ""));
    }
    return 0;
  }

  private String value(OptionDef option, String name, @Nullable String following) {
    String wanted =
        option.choices().isEmpty() ? option.label() : String.join(", ", option.choices());
    if (following == null || following.equals("--")) {
      throw error(name + " needs a value (" + wanted + ")");
    }
    int equals = following.indexOf('=');
    if (command.option(equals < 0 ? following : following.substring(0, equals)) != null) {
      throw error(
          name + " needs a value (" + wanted + "), but the option " + following + " follows it");
    }
    return following;
  }

  private CommandLineError error(String message) {
    return new CommandLineError(origin + message, command.helpCommand());
  }

  private CommandLineError unknown(String word) {
    String remedy =
        origin.isEmpty() && command.takesScript() ? "; the script's own options go after --" : "";
    return new CommandLineError(
        origin + "unknown option " + word + remedy,
        command.helpCommand(),
        Suggestions.ofOption(word, command));
  }
}
