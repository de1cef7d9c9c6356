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
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// CPython in a process of its own per worker: any extension module, any Python from 3.9 on, and a
/// crash costs one shard.
///
/// Besides what [Runtime#open] says it throws [PyParallelException.Usage] where the Python that the
/// plan names cannot be used.
public final class ProcessRuntime implements Runtime {
  private final Python python;
  private final Path bundled;
  private final Path driver;

  /// @param installation the product's folder, which holds the bundled CPython in `python` and the
  ///   driver in `lib/python`
  public ProcessRuntime(Path installation) {
    Path folder = installation.toAbsolutePath();
    bundled = folder.resolve("python").resolve("bin").resolve("python3.14");
    driver = folder.resolve("lib").resolve("python");
    python = new Python(bundled, "");
  }

  private ProcessRuntime(ProcessRuntime other, Python python) {
    bundled = other.bundled;
    driver = other.driver;
    this.python = python;
  }

  /// Does not ask the program what it is: that shows when it is opened.
  @Override
  public Runtime with(Path program) {
    return new ProcessRuntime(this, new Python(program, "--python " + program));
  }

  @Override
  public RuntimeName name() {
    return RuntimeName.PROCESS;
  }

  @Override
  public Availability availability() {
    try {
      python.check();
    } catch (PyParallelException e) {
      return missing(String.valueOf(e.getMessage()));
    }
    String version = python.version();
    return version.isEmpty()
        ? missing(String.valueOf(python.fault("does not start").getMessage()))
        : new Availability.Available(
            "CPython " + version, "a process per worker, " + python.program(), "");
  }

  private static Availability missing(String reason) {
    return new Availability.Missing(
        reason,
        "build the product with `make`, which unpacks CPython for this platform, or name another"
            + " Python with --python PATH");
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    return ProcessInterpreter.open(python(config.plan().python()), driver, config);
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    return ProcessConsole.open(python(config.python()), driver, config, output);
  }

  private Python python(PythonOptions options) {
    return python.isBundled() ? Python.of(options, bundled) : python;
  }

  @Override
  public void close() {
    // Nothing is shared: each interpreter ends its own process.
  }
}
