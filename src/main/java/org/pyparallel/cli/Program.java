package org.pyparallel.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.pyparallel.job.OneLiner;

/// What is to run, as typed.
sealed interface Program {
  /// What messages call it.
  String title();

  /// A script in a file.
  ///
  /// @param name the file's name
  /// @param call the function to call, or empty to go by what the script defines
  /// @param concurrency how many records it works on at once if it is `async def`, from 1
  record ScriptFile(String name, Optional<String> call, OptionalInt concurrency)
      implements Program {
    /// One of which nothing more was said.
    ScriptFile(String name) {
      this(name, Optional.empty(), OptionalInt.empty());
    }

    @Override
    public String title() {
      return name;
    }
  }

  /// An expression that stands for a script.
  ///
  /// @param explain whether that script is to be printed, and nothing to be run
  record Expression(OneLiner oneLiner, boolean explain) implements Program {
    @Override
    public String title() {
      return "the expression";
    }
  }
}
