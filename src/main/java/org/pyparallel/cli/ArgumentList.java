package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;

/// A list of records on the command line: `:::` and words, or `::::` and files that hold them.
///
/// @param kind what the words are
/// @param words the words as typed, possibly none; they may begin with a hyphen
record ArgumentList(Kind kind, List<String> words) {
  /// What the words of a list are.
  enum Kind {
    /// The words are the records.
    WORDS(":::"),
    /// The words are names of files, each of which is a list of its own.
    FILES("::::");

    private final String separator;

    Kind(String separator) {
      this.separator = separator;
    }

    /// The word that begins such a list.
    String separator() {
      return separator;
    }
  }

  ArgumentList {
    words = List.copyOf(words);
  }

  /// Whether a word begins a list, `:::+` and `::::+` among them, which link a list to the one
  /// before and are refused.
  static boolean isSeparator(String word) {
    return switch (word) {
      case ":::", "::::", ":::+", "::::+" -> true;
      default -> false;
    };
  }

  /// Where the first list begins.
  ///
  /// @return its index, or the number of words if there is none
  static int start(List<String> words) {
    int start = 0;
    while (start < words.size() && !isSeparator(words.get(start))) {
      start++;
    }
    return start;
  }

  /// Reads words of which the first one begins a list.
  ///
  /// @throws IllegalArgumentException if a list is of a kind that there is not; the message says
  ///   what to do
  static List<ArgumentList> read(List<String> words) {
    List<ArgumentList> lists = new ArrayList<>();
    int next = 0;
    while (next < words.size()) {
      Kind kind = kindOf(words.get(next));
      int first = next + 1;
      next = first + start(words.subList(first, words.size()));
      if (kind == Kind.FILES && next == first) {
        throw new IllegalArgumentException(":::: needs the name of a file after it");
      }
      lists.add(new ArgumentList(kind, words.subList(first, next)));
    }
    return lists;
  }

  private static Kind kindOf(String word) {
    return switch (word) {
      case ":::" -> Kind.WORDS;
      case "::::" -> Kind.FILES;
      default ->
          throw new IllegalArgumentException(
              word
                  + " is not supported: write "
                  + word.substring(0, word.length() - 1)
                  + " and --link to go through all lists side by side");
    };
  }
}
