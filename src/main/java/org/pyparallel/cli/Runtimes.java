package org.pyparallel.cli;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.FallbackRuntime;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;

/// Gets at the runtimes on offer, some of which may lack their libraries: the launcher puts those
/// on the module path only where they are asked for.
final class Runtimes {
  static final String REMEDY = "start it through the pyparallel launcher";

  private Runtimes() {}

  /// The runtime of this name, not yet started.
  ///
  /// @throws PyParallelException.RuntimeFailed if it is not there
  static Runtime get(RuntimeName name, Map<RuntimeName, Supplier<Runtime>> runtimes) {
    Supplier<Runtime> supplier = runtimes.get(name);
    if (supplier == null) {
      throw new PyParallelException.RuntimeFailed(
          "the runtime "
              + name.label()
              + " is not part of this installation, or pyparallel was not started through its launcher");
    }
    try {
      return supplier.get();
    } catch (LinkageError e) {
      throw failed(name, e);
    }
  }

  /// The runtime of this name on the Python that the options name, not yet started.
  ///
  /// @throws PyParallelException if it is not there, or cannot use that Python
  static Runtime get(
      RuntimeName name, PythonOptions python, Map<RuntimeName, Supplier<Runtime>> runtimes) {
    Runtime runtime = get(name, runtimes);
    return python.executable().isEmpty() ? runtime : runtime.with(python.executable().get());
  }

  /// The runtime of a run, not yet started. Behind CPython in this process stands one process per
  /// worker, where that is on offer, for extension modules that need it.
  ///
  /// @param notices told in words for users what the runtime decides
  /// @throws PyParallelException.RuntimeFailed if it is not there
  static Runtime of(
      RunPlan plan, Map<RuntimeName, Supplier<Runtime>> runtimes, Consumer<String> notices) {
    Runtime runtime = get(plan.runtime(), plan.python(), runtimes);
    Supplier<Runtime> processes = runtimes.get(RuntimeName.PROCESS);
    return plan.runtime() == RuntimeName.CPYTHON && processes != null
        ? new FallbackRuntime(runtime, processes, notices)
        : runtime;
  }

  /// The runtime for shards that brought an interpreter of the run's own runtime down, where such
  /// are tried again: worker processes of the same Python, which can be killed.
  ///
  /// @return null where there is none, or nothing is tried again
  static @Nullable Runtime rescue(RunPlan plan, Map<RuntimeName, Supplier<Runtime>> runtimes) {
    Supplier<Runtime> processes = runtimes.get(RuntimeName.PROCESS);
    boolean wanted =
        plan.runtime() == RuntimeName.CPYTHON && plan.safeguards().recovery().retries() > 0;
    return wanted && processes != null ? processes.get() : null;
  }

  /// The runtime that a run may move to where that turns out to be faster: one that compiles hot
  /// code.
  ///
  /// @return null where the run stays where it begins
  static @Nullable Runtime faster(RunPlan plan, Map<RuntimeName, Supplier<Runtime>> runtimes) {
    Supplier<Runtime> compiling = runtimes.get(RuntimeName.GRAALPY);
    return plan.tiersUp() && compiling != null ? compiling.get() : null;
  }

  /// The failure of a runtime whose libraries are not there.
  static PyParallelException.RuntimeFailed failed(RuntimeName name, LinkageError error) {
    return new PyParallelException.RuntimeFailed(
        "the runtime " + name.label() + " cannot be loaded: " + reason(error) + "; " + REMEDY,
        error);
  }

  /// Why, in one line.
  static String reason(LinkageError error) {
    String what = error.getMessage() == null ? error.toString() : error.getMessage();
    return error instanceof NoClassDefFoundError
        ? "its libraries are not on the module path (no class " + what.replace('/', '.') + ")"
        : what;
  }
}
