package org.pyparallel.cli;

import org.pyparallel.job.RuntimeName;

/// What may follow `--runtime`.
enum RuntimeChoice {
  /// Whichever is best for the job: CPython, which starts at once and knows every library, unless
  /// what was said about Python or the sandbox leaves another one only ([PythonPlanner]).
  AUTO(RuntimeName.CPYTHON),
  CPYTHON(RuntimeName.CPYTHON),
  GRAALPY(RuntimeName.GRAALPY),
  PROCESS(RuntimeName.PROCESS);

  private final RuntimeName runtime;

  RuntimeChoice(RuntimeName runtime) {
    this.runtime = runtime;
  }

  /// The runtime it comes down to where nothing else was said.
  RuntimeName runtime() {
    return runtime;
  }
}
