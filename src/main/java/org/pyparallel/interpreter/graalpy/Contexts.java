package org.pyparallel.interpreter.graalpy;

import java.io.OutputStream;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;

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

  /// A context in which a script can do what it can do in a plain Python: files, sockets, threads,
  /// processes, the environment, the working directory; but not load Java classes.
  ///
  /// @param python the folder with the package `pyparallel`
  /// @param diagnostics where file descriptors 1 and 2 lead, past `sys.stdout` and `sys.stderr`
  static Context open(Engine engine, Path python, OutputStream diagnostics) {
    return Context.newBuilder("python")
        .engine(engine)
        .allowAllAccess(true)
        .allowHostAccess(HOST_ACCESS)
        .allowHostClassLookup(_ -> false)
        .allowHostClassLoading(false)
        .option("python.PosixModuleBackend", "java")
        .option("python.PythonPath", python.toString())
        .option("python.WarnExperimentalFeatures", "false")
        .out(diagnostics)
        .err(diagnostics)
        .build();
  }
}
