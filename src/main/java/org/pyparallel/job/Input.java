package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;

/// Where the records come from.
public sealed interface Input {
  /// Regular files, read by the workers themselves; never empty.
  record Files(List<Path> files) implements Input {
    public Files {
      files = List.copyOf(files);
    }
  }

  /// Standard input, read once by one thread.
  record Stdin() implements Input {}

  /// The integers `first`, `first + step`, ... up to `last`, which is one of them (`--range`).
  ///
  /// @param last at least `first` where `step` is positive, at most `first` where it is negative
  /// @param step not 0
  record Range(long first, long last, long step) implements Input {}

  /// Words of the command line and lines of `-a` files, in lists.
  ///
  /// @param sources the lists, at least one
  /// @param linked whether the lists are gone through side by side, shorter ones again from their
  ///   start (`--link`); else every combination is a record, the last list varying fastest
  record Arguments(List<List<String>> sources, boolean linked) implements Input {
    public Arguments {
      sources = sources.stream().map(List::copyOf).toList();
    }
  }

  /// Nothing: the script runs once, as a plain interpreter would run it.
  record None() implements Input {}
}
