package org.pyparallel.interpreter.process;

import java.nio.file.Path;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// CPython in a process of its own per worker: any extension module, any Python from 3.9 on, and a
/// crash costs one shard.
///
/// Besides what [Runtime#open] says it throws [PyParallelException.Usage] where the Python that the
/// plan names cannot be used.
public final class ProcessRuntime implements Runtime {
  private final Path bundled;
  private final Path driver;

  /// @param installation the product's folder, which holds the bundled CPython in `python` and the
  ///   driver in `lib/python`
  public ProcessRuntime(Path installation) {
    Path folder = installation.toAbsolutePath();
    bundled = folder.resolve("python").resolve("bin").resolve("python3.14");
    driver = folder.resolve("lib").resolve("python");
  }

  @Override
  public RuntimeName name() {
    return RuntimeName.PROCESS;
  }

  @Override
  public Availability availability() {
    Python python = new Python(bundled, "");
    try {
      python.check();
    } catch (PyParallelException e) {
      return missing(String.valueOf(e.getMessage()));
    }
    String version = python.version();
    return version.isEmpty()
        ? missing("the bundled Python, " + bundled + ", does not start")
        : new Availability.Available("CPython " + version, "a process per worker, " + bundled, "");
  }

  private static Availability missing(String reason) {
    return new Availability.Missing(
        reason,
        "build the product with `make`, which unpacks CPython for this platform, or name another"
            + " Python with --python PATH");
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    return ProcessInterpreter.open(Python.of(config.plan().python(), bundled), driver, config);
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    return ProcessConsole.open(Python.of(config.python(), bundled), driver, config, output);
  }

  @Override
  public void close() {
    // Nothing is shared: each interpreter ends its own process.
  }
}
