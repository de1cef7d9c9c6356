package org.pyparallel.interpreter;

import java.nio.file.Path;
import java.util.Optional;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// A kind of Python. Cheap to make: nothing is loaded before [#availability] or [#open].
public interface Runtime extends AutoCloseable {
  /// The name under which users ask for it.
  RuntimeName name();

  /// Whether it can run here, and why not. May take as long as starting it does; any thread.
  Availability availability();

  /// Which Python it is, as far as results may depend on it: its kind and version, one line. Starts
  /// no more than it has to.
  ///
  /// @throws PyParallelException.RuntimeFailed if it cannot run here
  default String version() {
    return switch (availability()) {
      case Availability.Available available -> available.version();
      case Availability.Missing(String reason, String remedy) ->
          throw new PyParallelException.RuntimeFailed(reason + ": " + remedy);
    };
  }

  /// The same kind of runtime on a Python of the user's own (`--python`); nothing is loaded yet.
  ///
  /// @param program an absolute path; it is run once to learn what it is
  /// @return a new runtime, to be closed like any other
  /// @throws PyParallelException.Usage if this kind cannot run that Python; says why, and what can
  default Runtime with(Path program) {
    throw new PyParallelException.Usage(
        "--python is for the runtimes cpython and process: " + name().label() + " has its own");
  }

  /// How its Python was compiled; empty where nobody can tell. May start a process to find out, but
  /// loads nothing into this one.
  default Optional<PythonBuild> build() {
    return Optional.empty();
  }

  /// Whether it compiles hot code while it runs, so that its first interpreter had better have the
  /// processor to itself for a while.
  default boolean warmsUp() {
    return false;
  }

  /// Opens one isolated interpreter that belongs to the calling thread.
  ///
  /// The calling thread is a platform thread with a stack of at least 16 MB. Several threads may
  /// open interpreters at once.
  ///
  /// @param config what the script and its records look like
  /// @return a new interpreter with the script loaded and its `setup()` run; or one that
  ///   [Interpreter#isSpent], where it was interrupted meanwhile ([InterpreterConfig#opening])
  /// @throws PyParallelException.ScriptFailed if the script cannot be loaded or `setup()` raises
  /// @throws PyParallelException.Usage if the function to call does not exist
  /// @throws PyParallelException.RuntimeFailed if the runtime cannot be started
  /// @throws ExtensionRefused if the script imports a module that cannot be loaded here, and the
  ///   configuration says that there is a fallback
  Interpreter open(InterpreterConfig config);

  /// Opens a console that belongs to the calling thread, which is one as for [#open].
  ///
  /// @param output takes what its code prints
  /// @throws PyParallelException.RuntimeFailed if the runtime cannot be started
  default Console console(ConsoleConfig config, ConsoleOutput output) {
    throw new PyParallelException.RuntimeFailed(name().label() + " has no console");
  }

  /// Ends the runtime after its interpreters are closed. Idempotent; any thread.
  @Override
  void close();
}
