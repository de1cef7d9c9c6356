package org.pyparallel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Halt;

/// Reads when a run ends early, as GNU parallel's `--halt` spells it: `now,fail=1`,
/// `soon,done=10%`, `never`.
final class HaltRule {
  private static final String NEVER = "never";
  private static final int HUNDRED = 100;

  private HaltRule() {}

  /// An option's value; empty for `never`.
  ///
  /// @throws CommandLineError if it is no such rule
  static Optional<Halt> read(OptionValue value) {
    if (value.text().equals(NEVER)) {
      return Optional.empty();
    }
    Halt halt = parse(value.text());
    if (halt == null) {
      throw value.error(
          "must be now or soon, a comma, fail, success or done, and =N or =N%, as in now,fail=1 or"
              + " soon,done=10%; or never");
    }
    return Optional.of(halt);
  }

  private static @Nullable Halt parse(String text) {
    int comma = text.indexOf(',');
    int equals = text.indexOf('=', comma + 1);
    if (comma < 0 || equals < 0) {
      return null;
    }
    Halt.When when = when(text.substring(0, comma));
    Halt.What what = what(text.substring(comma + 1, equals));
    boolean percent = text.endsWith("%");
    long count = WholeNumber.parse(text.substring(equals + 1, text.length() - (percent ? 1 : 0)));
    if (when == null || what == null || count < 1 || (percent && count > HUNDRED)) {
      return null;
    }
    return new Halt(when, what, count, percent);
  }

  private static Halt.@Nullable When when(String word) {
    return switch (word) {
      case "now" -> Halt.When.NOW;
      case "soon" -> Halt.When.SOON;
      default -> null;
    };
  }

  private static Halt.@Nullable What what(String word) {
    return switch (word) {
      case "fail" -> Halt.What.FAIL;
      case "success" -> Halt.What.SUCCESS;
      case "done" -> Halt.What.DONE;
      default -> null;
    };
  }
}
