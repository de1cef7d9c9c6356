package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;

/// What may follow `--reduce`: a built-in reduction, or the name of a function.
final class Reduction {
  /// Switches reducing off.
  static final String NONE = "none";

  private static final String BUILT_IN =
      "sum, count, min, max, mean, stats, uniq, top:N, histogram, merge-dict, collect-by:KEY";

  private Reduction() {}

  /// What is wrong with it.
  ///
  /// @param functions whether there is a script, which may have functions
  /// @return null if it is fine
  static @Nullable String problem(String text, boolean functions) {
    return switch (text) {
      case "sum", "count", "min", "max", "mean", "stats", "uniq", "histogram", "merge-dict" -> null;
      case "top", "top:" -> "needs a number, as in top:10";
      case "collect-by", "collect-by:" -> "needs the name of an item, as in collect-by:host";
      default -> {
        if (text.startsWith("top:")) {
          boolean number = WholeNumber.parse(text.substring("top:".length())) >= 1;
          yield number ? null : "needs a whole number, 1 or more, as in top:10";
        }
        if (text.startsWith("collect-by:") || (functions && PythonName.isName(text))) {
          yield null;
        }
        yield "must be one of "
            + BUILT_IN
            + ", "
            + NONE
            + (functions ? ", or a function of the script" : "");
      }
    };
  }
}
