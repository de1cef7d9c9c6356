package org.pyparallel.cli;

import org.pyparallel.job.RuntimeName;

/// What may follow `--runtime`.
enum RuntimeChoice {
  /// Whichever is best for the job: CPython, which starts at once and knows every library.
  AUTO(RuntimeName.CPYTHON),
  CPYTHON(RuntimeName.CPYTHON),
  GRAALPY(RuntimeName.GRAALPY);

  private final RuntimeName runtime;

  RuntimeChoice(RuntimeName runtime) {
    this.runtime = runtime;
  }

  /// The runtime it comes down to.
  RuntimeName runtime() {
    return runtime;
  }
}
