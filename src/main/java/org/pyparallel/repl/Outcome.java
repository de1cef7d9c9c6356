package org.pyparallel.repl;

/// What became of an entry.
sealed interface Outcome {
  /// It ran to its end.
  record Done() implements Outcome {}

  /// It ended with an exception, which was shown.
  record Failed() implements Outcome {}

  /// It was stopped with Ctrl-C, or left to itself.
  record Interrupted() implements Outcome {}

  /// There is no interpreter to run it; why was shown.
  record Dead() implements Outcome {}

  /// It asked to leave.
  ///
  /// @param status the exit status, 0 to 255
  record Left(int status) implements Outcome {}

  Outcome DONE = new Done();
  Outcome FAILED = new Failed();
  Outcome INTERRUPTED = new Interrupted();
  Outcome DEAD = new Dead();
}
