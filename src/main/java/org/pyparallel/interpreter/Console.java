package org.pyparallel.interpreter;

import java.util.List;

/// An interactive Python: one namespace that lasts, into which code is typed.
///
/// Owned by the thread that opened it, which calls everything but [#interrupt], [#stack],
/// [#memoryBytes], [#cpuNanos] and [#kill].
public interface Console extends AutoCloseable {
  /// Asks the Python side, see `_console.py` for what can be asked. What the code prints goes to
  /// the [ConsoleOutput] meanwhile.
  ///
  /// @param request what is asked, and with what
  /// @return the answer's fields
  /// @throws ConsoleDied if there is no interpreter any more: its process is gone, or it was killed
  List<String> ask(String... request);

  /// Ends what is being run as Ctrl-C does: with `KeyboardInterrupt` as far as that is possible;
  /// the namespace stays. Does nothing where nothing is run. Returns at once; any thread. A call
  /// into C may not stop at all.
  void interrupt();

  /// Gives it up: whatever it runs, it is never used again. A process is killed; an interpreter of
  /// this process that does not stop is left behind. Returns at once; any thread. Idempotent.
  void kill();

  /// See [Interpreter#stack].
  String stack();

  /// See [Interpreter#memoryBytes].
  long memoryBytes();

  /// See [Interpreter#cpuNanos].
  long cpuNanos();

  /// Frees everything. Idempotent.
  @Override
  void close();
}
