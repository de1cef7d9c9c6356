package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;

/// The command that goes on with a run: what was typed, and an option that says so.
///
/// What is in the environment or in `@` files stays there.
final class ResumeCommand {
  private ResumeCommand() {}

  /// A line for a POSIX shell.
  ///
  /// @param typed the words after `pyparallel`, beginning with the command, of which there is one
  ///   that ran
  /// @param option what to add, or empty for nothing
  static String of(List<String> typed, String option) {
    List<String> words = new ArrayList<>(typed);
    if (!option.isEmpty()) {
      words.add(place(typed), option);
    }
    words.addFirst("pyparallel");
    return ShellQuote.join(words);
  }

  /// Behind the last option, or right behind the command where a file of arguments comes before
  /// that: the options may have ended in it.
  private static int place(List<String> typed) {
    for (int i = 1; i < typed.size(); i++) {
      String word = typed.get(i);
      if (word.length() > 1 && word.charAt(0) == '@' && word.charAt(1) != '@') {
        return 1;
      }
      if (word.equals("--") || ArgumentList.isSeparator(word)) {
        return i;
      }
    }
    return typed.size();
  }
}
