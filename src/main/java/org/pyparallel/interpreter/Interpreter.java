package org.pyparallel.interpreter;

import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// One isolated Python with the user's script loaded.
///
/// Owned by the thread that opened it: every method but [#interrupt] must be called there.
public interface Interpreter extends AutoCloseable {
  /// Runs the script over one shard.
  ///
  /// Exceptions of the script end up in the result, never here. Output reaches `output` in chunks
  /// while the shard runs.
  ///
  /// @return how the shard ended; [ShardResult.Interrupted] after an [#interrupt]
  /// @throws ExtensionRefused if the script imports a module that cannot be loaded here, and the
  ///   configuration says that there is a fallback; the interpreter can be used on
  ShardResult run(Shard shard, ShardOutput output);

  /// Works on the partial result that the last shard left, in a run that reduces.
  ///
  /// @param output takes what the step sends
  /// @return how it ended: without records, and failed with what the script raised; or
  ///   [ShardResult.Interrupted] after an [#interrupt]
  ShardResult reduce(ReduceStep step, ShardOutput output);

  /// Whether it can be trusted with partial results ([ReduceStep.Keep]) until the end of the run:
  /// as long as the run lasts, it does. Owner's thread.
  default boolean keepsPartials() {
    return false;
  }

  /// Asks the script to stop as soon as it can. Returns at once; any thread, any time, any number
  /// of times, also after [#close]. Python loops stop within milliseconds; a call into C may not
  /// stop at all. Once interrupted, an interpreter runs no further shard.
  void interrupt();

  /// Whether it can run no further shard: it was interrupted, or its process has died. Owner's
  /// thread. Whoever owns it then closes it and opens another.
  default boolean isSpent() {
    return false;
  }

  /// Where the script is right now: Python's own traceback of every thread of the script's, the
  /// innermost call last, without the driver's frames; or a line that says why that cannot be told,
  /// such as a C function that does not let anybody look.
  ///
  /// Any thread but the owner's, also while a shard runs. Waits some 200 ms at most; the script is
  /// not disturbed.
  ///
  /// @return text without a line feed at its end; empty where nothing runs
  default String stack() {
    return "";
  }

  /// How much memory it has for itself, in bytes; 0 where it shares this process's and nobody can
  /// tell. Any thread.
  default long memoryBytes() {
    return 0;
  }

  /// How much CPU time it has used so far besides that of its owner's thread, in nanoseconds; 0
  /// where it is that thread which works. Any thread.
  default long cpuNanos() {
    return 0;
  }

  /// Makes a console of it, inside the script's module where that failed, with the failure at hand:
  /// for one whose last shard failed, or whose script could not be loaded, in a run that looks into
  /// failures ([org.pyparallel.job.Recovery#looksInto]).
  ///
  /// From then on it is used through the console only, by the same owner. Closing that closes this:
  /// `teardown()` is run, and what it raises is printed.
  ///
  /// @param output takes what the console's code prints
  /// @throws org.pyparallel.job.PyParallelException if it cannot be: what failed was none of the
  ///   script's code
  default Console console(ConsoleOutput output) {
    throw new PyParallelException.RuntimeFailed("this interpreter cannot become a console");
  }

  /// Runs the script's `teardown()` unless interrupted, and frees everything. Idempotent.
  ///
  /// @throws org.pyparallel.job.PyParallelException.ScriptFailed if `teardown()` raises; the
  ///   interpreter is closed all the same
  @Override
  void close();
}
