package org.pyparallel.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What a shell can offer for an option's value or an operand.
enum Completable {
  /// The option takes no value.
  NOTHING,
  /// The option may have a value, which is attached to it.
  ATTACHED,
  /// Any text or number.
  TEXT,
  /// A Python script.
  SCRIPT,
  /// Any file.
  FILE,
  /// One of a fixed set of words.
  CHOICE;

  static Completable of(ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return NOTHING;
    }
    if (argument.isOption() && argument.arity().min() == 0) {
      return ATTACHED;
    }
    if (argument.completionCandidates() != null) {
      return CHOICE;
    }
    if (argument.type() != File.class && argument.type() != File[].class) {
      return TEXT;
    }
    return argument.paramLabel().equals("SCRIPT") ? SCRIPT : FILE;
  }

  /// The words of a [#CHOICE].
  static List<String> choices(ArgSpec argument) {
    List<String> words = new ArrayList<>();
    argument.completionCandidates().forEach(words::add);
    return words;
  }

  /// An option's help as the user is to read it.
  static String help(OptionSpec option) {
    return option.description()[0].replace("%%", "%"); // picocli takes it for a format
  }

  /// The first clause of an option's help, for where there is one line for it.
  static String brief(OptionSpec option) {
    String help = help(option);
    int end = help.length();
    for (String stop : List.of(". ", ": ", "; ")) {
      int found = help.indexOf(stop);
      end = found < 0 ? end : Math.min(end, found);
    }
    String clause = help.substring(0, end);
    return clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause;
  }
}
