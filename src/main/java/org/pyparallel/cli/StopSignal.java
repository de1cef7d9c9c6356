package org.pyparallel.cli;

/// The signals that stop a run.
enum StopSignal {
  INT(ExitStatus.INTERRUPTED),
  TERM(ExitStatus.TERMINATED);

  private final ExitStatus status;

  StopSignal(ExitStatus status) {
    this.status = status;
  }

  /// What a run stopped by it exits with.
  ExitStatus status() {
    return status;
  }
}
