package org.pyparallel.interpreter.graalpy;

import java.nio.file.Path;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// GraalPy in this process: one context per interpreter.
///
/// Nothing of GraalPy is loaded before it is asked for, and its classes may be absent altogether.
public final class GraalPyRuntime implements Runtime {
  private final Path python;
  // Guarded by this.
  private @Nullable Engines engines;
  private boolean closed;

  /// @param home the distribution's folder; the Python package `pyparallel` is in `lib/python`
  public GraalPyRuntime(Path home) {
    python = home.resolve("lib").resolve("python").toAbsolutePath();
  }

  @Override
  public RuntimeName name() {
    return RuntimeName.GRAALPY;
  }

  @Override
  public Availability availability() {
    try {
      return engines().availability();
    } catch (LinkageError e) {
      return new Availability.Missing(
          "GraalPy is not among the modules of this process (" + e + ")",
          "start pyparallel through its launcher, with --runtime graalpy");
    } catch (IllegalArgumentException | IllegalStateException | PolyglotException e) {
      return new Availability.Missing(
          "GraalPy cannot start: " + e.getMessage(),
          "use a JDK 25, with update 3 or later, and the launcher of this distribution");
    }
  }

  @Override
  public boolean warmsUp() {
    return true;
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    try {
      return GraalPyInterpreter.open(engines(), python, config);
    } catch (LinkageError e) {
      throw absent(e);
    }
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    try {
      return GraalPyConsole.open(engines(), python, config, output);
    } catch (LinkageError e) {
      throw absent(e);
    }
  }

  private static PyParallelException.RuntimeFailed absent(LinkageError e) {
    return new PyParallelException.RuntimeFailed(
        "GraalPy is not among the modules of this process: start pyparallel through its launcher,"
            + " with --runtime graalpy",
        e);
  }

  private synchronized Engines engines() {
    if (closed) {
      throw new IllegalStateException("the GraalPy runtime is closed");
    }
    Engines known = engines;
    if (known == null) {
      known = new Engines();
      engines = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (engines != null) {
      engines.close();
      engines = null;
    }
  }
}
