package org.pyparallel;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.cpython.CPythonRuntime;
import org.pyparallel.interpreter.graalpy.GraalPyRuntime;
import org.pyparallel.interpreter.process.ProcessRuntime;
import org.pyparallel.job.RuntimeName;

/// The one place that names the runtimes. None of their classes is loaded before it is asked for:
/// those of GraalPy are not even there unless the launcher was told to bring them.
final class RuntimesOnOffer {
  private RuntimesOnOffer() {}

  /// @param home the installation, empty where it is not known: then there is nothing on offer
  static Map<RuntimeName, Supplier<Runtime>> in(String home) {
    Map<RuntimeName, Supplier<Runtime>> runtimes = new EnumMap<>(RuntimeName.class);
    if (!home.isEmpty()) {
      Path installation = Path.of(home);
      runtimes.put(RuntimeName.CPYTHON, new CPython(installation));
      runtimes.put(RuntimeName.GRAALPY, new GraalPy(installation));
      runtimes.put(RuntimeName.PROCESS, new Process(installation));
    }
    return runtimes;
  }

  private record CPython(Path installation) implements Supplier<Runtime> {
    @Override
    public Runtime get() {
      return new CPythonRuntime(installation);
    }
  }

  private record GraalPy(Path installation) implements Supplier<Runtime> {
    @Override
    public Runtime get() {
      return new GraalPyRuntime(installation);
    }
  }

  private record Process(Path installation) implements Supplier<Runtime> {
    @Override
    public Runtime get() {
      return new ProcessRuntime(installation);
    }
  }
}
