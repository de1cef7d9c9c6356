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

  /// Nothing: the script runs once, as a plain interpreter would run it.
  record None() implements Input {}
}
