package org.pyparallel.repl;

import java.util.List;

/// The commands of the shell that are no Python: `%name ...`, `%%name ...` with the lines below it.
/// One thread, but for [#interrupt].
public interface Magics {
  /// Whether an entry is for them. Never true for what is Python.
  boolean handles(String line);

  /// Runs an entry that they handle, to its end; says itself what went wrong.
  ///
  /// @return whether nothing did
  boolean run(String line);

  /// What they are called, without `%`.
  List<String> names();

  /// Ends the entry that is being run, in all interpreters that it runs in. Returns at once; any
  /// thread. Does nothing where none is run.
  void interrupt();
}
