package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the words of a file in the place of `@file`.
///
/// The file holds words as a shell would split them, see [ShellWords]; an `@` in it has no meaning.
/// `@@word` stands for the word `@word`. Nothing after `--` is looked at, which belongs to the
/// script, and nothing after `:::` or its like, which are records.
final class ArgumentFiles {
  private ArgumentFiles() {}

  /// Returns the words with those of the files put in.
  ///
  /// @param directory what file names are relative to
  /// @throws CommandLineError if a file cannot be read
  static List<String> expand(List<String> words, Path directory, Command command) {
    if (!isNeeded(words, command)) {
      return words;
    }
    List<String> expanded = new ArrayList<>();
    int next = 0;
    boolean more = true;
    while (more && next < words.size()) {
      String word = words.get(next++);
      int known = expanded.size();
      if (word.startsWith("@@")) {
        expanded.add(word.substring(1));
      } else if (word.length() > 1 && word.charAt(0) == '@') {
        expanded.addAll(read(word, directory, command));
      } else {
        expanded.add(word);
      }
      for (String added : expanded.subList(known, expanded.size())) {
        more &= !endsOptions(added, command);
      }
    }
    expanded.addAll(words.subList(next, words.size()));
    return expanded;
  }

  private static boolean isNeeded(List<String> words, Command command) {
    for (String word : words) {
      if (endsOptions(word, command)) {
        return false;
      }
      if (word.startsWith("@")) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsOptions(String word, Command command) {
    return word.equals("--") || (command.runs() && ArgumentList.isSeparator(word));
  }

  private static List<String> read(String word, Path directory, Command command) {
    String name = word.substring(1);
    String text;
    try {
      text = Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new CommandLineError(
          "cannot read the options in '"
              + name
              + "': "
              + FileProblem.of(e)
              + "; an argument that begins with @ is written @"
              + word,
          command.helpCommand());
    }
    try {
      return ShellWords.split(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLineError(name + ": " + e.getMessage(), command.helpCommand());
    }
  }
}
