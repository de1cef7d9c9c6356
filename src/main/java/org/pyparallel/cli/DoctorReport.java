package org.pyparallel.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RuntimeName;

/// What `doctor` found out.
///
/// @param version the version of pyparallel
/// @param home where it is installed, empty where unknown
/// @param java the Java that is used
/// @param cores how many cores this process may use
/// @param memoryBytes how much memory this process may use
/// @param python which Python is used, and how
/// @param auto what runs scripts where nothing else is said
/// @param runtimes each runtime with its state, best first
record DoctorReport(
    String version,
    String home,
    UsedJava java,
    int cores,
    long memoryBytes,
    String python,
    RuntimeName auto,
    List<RuntimeState> runtimes) {
  /// A runtime and whether it can run here.
  ///
  /// @param build how its Python was compiled, empty where unknown
  record RuntimeState(RuntimeName name, Availability availability, String build) {
    boolean isAvailable() {
      return availability instanceof Availability.Available;
    }
  }

  DoctorReport {
    runtimes = List.copyOf(runtimes);
  }

  /// Looks at everything. May take seconds: runtimes are started to see whether they do.
  ///
  /// @param program the Python that the user's options name
  static DoctorReport examine(Environment environment, PythonProgram program) {
    List<RuntimeState> states = new ArrayList<>();
    for (Map.Entry<RuntimeName, Supplier<Runtime>> entry : environment.runtimes().entrySet()) {
      states.add(state(environment, entry.getKey(), entry.getValue(), program));
    }
    return new DoctorReport(
        environment.version(),
        environment.home().isEmpty() ? "" : environment.home().get().toString(),
        UsedJava.examine(environment.home()),
        environment.cores(),
        memory(),
        program.label(),
        program.runtime(),
        states);
  }

  /// Whether what every run needs is there.
  boolean isHealthy() {
    for (RuntimeState state : runtimes) {
      if (state.name() == auto && state.isAvailable()) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeState state(
      Environment environment,
      RuntimeName name,
      Supplier<Runtime> supplier,
      PythonProgram program) {
    try (Runtime offered = supplier.get();
        Runtime runtime = program.on(name, offered)) {
      Availability availability = runtime.availability();
      PythonBuild build = runtime.build().orElse(null);
      if (build == null || !(availability instanceof Availability.Available available)) {
        return new RuntimeState(name, availability, "");
      }
      String advice = available.advice();
      if (advice.isEmpty()) {
        advice = advice(build, NearbyPythons.fasterThan(build, offered, environment));
      }
      return new RuntimeState(
          name,
          new Availability.Available(available.version(), available.detail(), advice),
          build.label());
    } catch (LinkageError e) {
      return new RuntimeState(
          name, new Availability.Missing(Runtimes.reason(e), Runtimes.REMEDY), "");
    }
  }

  private static String advice(PythonBuild build, Optional<PythonBuild> faster) {
    if (faster.isPresent()) {
      PythonBuild other = faster.get();
      return other.program()
          + " is CPython "
          + other.version()
          + ", "
          + other.label()
          + ", which runs the same code faster: use it with --python, or set "
          + PythonProgram.VARIABLE
          + " to it";
    }
    return build.profiled()
        ? ""
        : "an optimised CPython 3.14 (\"uv python install 3.14\" gets one) runs the same code 1.15"
            + " to 1.45 times as fast: name it with --python, or in "
            + PythonProgram.VARIABLE;
  }

  /// The container's limit where there is one, else the machine's memory; 0 where unknown.
  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
