package org.pyparallel.interpreter.graalpy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.Share;

/// What a context allows whose script is not trusted: to compute, and what the user says.
///
/// The engine refuses the rest: files, sockets, processes, threads, native code, the host's
/// classes. It does not keep signals of the whole process from scripts; `_sandbox.py` does.
final class SandboxContext {
  private SandboxContext() {}

  /// @param python the folder with the package `pyparallel`
  static Context.Builder builder(InterpreterConfig config, Sandbox sandbox, Path python) {
    FileSystem files = new SandboxFiles(readable(config, sandbox, python), sandbox.writable());
    IOAccess access =
        IOAccess.newBuilder().fileSystem(files).allowHostSocketAccess(sandbox.network()).build();
    Context.Builder builder =
        Context.newBuilder("python")
            .allowExperimentalOptions(true)
            .allowIO(access)
            .allowCreateThread(false)
            .allowCreateProcess(false)
            .allowNativeAccess(false)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowEnvironmentAccess(
                sandbox.environment() ? EnvironmentAccess.INHERIT : EnvironmentAccess.NONE);
    if (!config.runOnce()) {
      builder.in(InputStream.nullInputStream());
    }
    if (sandbox.statements().isPresent()) {
      String own = python.toString();
      builder.resourceLimits(
          ResourceLimits.newBuilder()
              .statementLimit(sandbox.statements().getAsLong(), source -> !isIn(own, source))
              .build());
    }
    return builder;
  }

  private static boolean isIn(String folder, Source source) {
    String path = source.getPath();
    return path != null && path.startsWith(folder);
  }

  private static List<Path> readable(InterpreterConfig config, Sandbox sandbox, Path python) {
    RunPlan plan = config.plan();
    List<Path> paths = new ArrayList<>(sandbox.readable());
    paths.add(python);
    if (plan.script().oneLiner().isEmpty()) {
      Path script = plan.script().file();
      paths.add(script);
      Path folder = script.getParent();
      if (folder != null) {
        paths.add(folder);
      }
    }
    for (Share share : plan.shares()) {
      paths.add(share.file());
    }
    paths.addAll(plan.python().path());
    plan.python().venv().ifPresent(paths::add);
    return paths;
  }
}
