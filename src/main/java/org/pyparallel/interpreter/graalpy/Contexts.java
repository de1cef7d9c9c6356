package org.pyparallel.interpreter.graalpy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Sandbox;

/// Makes the context of an interpreter: what a script may do and where its file descriptors lead.
final class Contexts {
  // The driver calls what is exported to it and measures byte arrays; a script gets hold of
  // neither.
  private static final HostAccess HOST_ACCESS =
      HostAccess.newBuilder()
          .allowAccessAnnotatedBy(HostAccess.Export.class)
          .allowArrayAccess(true)
          .build();

  private Contexts() {}

  /// A context in which a script can do what it can do in a plain Python, unless it is in a
  /// sandbox: files, sockets, threads, processes, the environment, the working directory; but not
  /// load Java classes.
  ///
  /// @param python the folder with the package `pyparallel`
  /// @param diagnostics where file descriptors 1 and 2 lead, past `sys.stdout` and `sys.stderr`
  static Context open(
      Engine engine, Path python, InterpreterConfig config, OutputStream diagnostics) {
    Optional<Sandbox> sandbox = config.plan().python().sandbox();
    Context.Builder builder =
        sandbox.isPresent() ? SandboxContext.builder(config, sandbox.get(), python) : unlimited();
    if (config.plan().runtime() != RuntimeName.GRAALPY) {
      // Its own C modules would find the libpython that the others use, and end the process.
      builder.allowNativeAccess(false).option("python.CompressionModulesBackend", "java");
    }
    return build(builder, engine, python, diagnostics);
  }

  /// The same for a console, which has no sandbox. Who types has the process's standard input.
  static Context open(Engine engine, Path python, OutputStream diagnostics) {
    Context.Builder builder = unlimited().in(InputStream.nullInputStream());
    return build(builder, engine, python, diagnostics);
  }

  private static Context build(
      Context.Builder builder, Engine engine, Path python, OutputStream diagnostics) {
    return builder
        .engine(engine)
        .allowHostAccess(HOST_ACCESS)
        .option("python.PosixModuleBackend", "java")
        .option("python.PythonPath", python.toString())
        .option("python.WarnExperimentalFeatures", "false")
        .out(diagnostics)
        .err(diagnostics)
        .build();
  }

  private static Context.Builder unlimited() {
    return Context.newBuilder("python")
        .allowAllAccess(true)
        .allowHostClassLookup(_ -> false)
        .allowHostClassLoading(false);
  }
}
