package org.pyparallel.repl;

import java.util.List;

/// Finds the word that was meant by one that is not known.
final class Nearest {
  private Nearest() {}

  /// The known word that differs by the fewest slips.
  ///
  /// @return empty where none differs by a slip or two only, or begins as typed
  static String of(String typed, List<String> known) {
    String nearest = "";
    int least = 1 + Math.max(1, typed.length() / 3);
    for (String word : known) {
      int distance = word.startsWith(typed) && typed.length() > 1 ? 0 : distance(typed, word);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  /// How many letters to insert, delete or replace, neighbours that were swapped counting once.
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + other);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = above;
      above = row;
    }
    return above[b.length()];
  }
}
