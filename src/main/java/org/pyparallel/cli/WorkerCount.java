package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;

/// How many workers were asked for, in GNU parallel's spellings: `8`, `50%`, `+1`, `-1`.
sealed interface WorkerCount {
  /// More interpreters than this in one process are surely a slip of the finger.
  int MAX = 1024;

  /// The number for a machine of so many cores, from 1 to [#MAX].
  int resolve(int cores);

  /// Just so many.
  record Exactly(int count) implements WorkerCount {
    @Override
    public int resolve(int cores) {
      return count;
    }
  }

  /// As many as there are cores, and some more or fewer.
  record Relative(int difference) implements WorkerCount {
    @Override
    public int resolve(int cores) {
      return Math.clamp((long) cores + difference, 1, MAX);
    }
  }

  /// A share of the cores.
  record Percent(int percent) implements WorkerCount {
    @Override
    public int resolve(int cores) {
      return Math.clamp((long) cores * percent / 100, 1, MAX);
    }
  }

  /// What was asked for; one per core where nothing was.
  ///
  /// @throws CommandLineError if it is none, or out of range
  static WorkerCount of(@Nullable OptionValue value) {
    if (value == null) {
      return new Relative(0);
    }
    WorkerCount count = parse(value.text());
    if (count == null) {
      throw value.error(
          "must be a number from 1 to "
              + MAX
              + ", a share of the cores such as 50%, or relative to them such as +1 or -1");
    }
    return count;
  }

  /// Reads one.
  ///
  /// @return null if the text is none, or out of range
  static @Nullable WorkerCount parse(String text) {
    if (text.endsWith("%")) {
      long percent = WholeNumber.parse(text.substring(0, text.length() - 1));
      return percent >= 1 && percent <= 100L * MAX ? new Percent((int) percent) : null;
    }
    boolean more = text.startsWith("+");
    if (more || text.startsWith("-")) {
      long difference = WholeNumber.parse(text.substring(1));
      if (difference < 0 || difference > MAX) {
        return null;
      }
      return new Relative((int) (more ? difference : -difference));
    }
    long count = WholeNumber.parse(text);
    return count >= 1 && count <= MAX ? new Exactly((int) count) : null;
  }
}
