package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Finds what may have been meant by a word that is not known. picocli offers only options that
/// begin with the same two letters, which misses most slips.
final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /// The known words that begin like the unknown one or differ from it by a slip or two, best
  /// first.
  static List<String> of(String unknown, List<String> known) {
    List<String> found = new ArrayList<>();
    int tolerance = Math.max(1, unknown.length() / 3);
    for (int distance = 0; distance <= tolerance; distance++) {
      for (String word : known) {
        if (found.size() < MOST && distance(unknown, word) == distance) {
          found.add(word);
        }
      }
    }
    return found;
  }

  /// What may have been meant by an unknown option.
  static List<String> ofOption(String unknown, CommandSpec command) {
    int equals = unknown.indexOf('=');
    String name = equals < 0 ? unknown : unknown.substring(0, equals);
    if (!name.startsWith("--")) {
      return command.findOption("-" + name) == null ? List.of() : List.of("-" + name);
    }
    List<String> known = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      known.add(option.longestName());
    }
    return of(name, known);
  }

  /// How many letters to insert, delete, replace or swap with their neighbour; 0 where the whole of
  /// a long option or command begins as typed.
  private static int distance(String typed, String word) {
    if (typed.length() > 4 && word.startsWith(typed)) {
      return 0;
    }
    int[][] cost = new int[typed.length() + 1][word.length() + 1];
    for (int i = 0; i <= typed.length(); i++) {
      for (int j = 0; j <= word.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = typed.charAt(i - 1) == word.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + replace);
        if (i > 1
            && j > 1
            && typed.charAt(i - 1) == word.charAt(j - 2)
            && typed.charAt(i - 2) == word.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[typed.length()][word.length()];
  }
}
