package org.pyparallel.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RuntimeName;

/// What `doctor` found out.
///
/// @param version the version of pyparallel
/// @param home where it is installed, empty where unknown
/// @param java the Java that is used
/// @param cores how many cores this process may use
/// @param memoryBytes how much memory this process may use
/// @param runtimes each runtime with its state, best first
record DoctorReport(
    String version,
    String home,
    UsedJava java,
    int cores,
    long memoryBytes,
    List<RuntimeState> runtimes) {
  /// A runtime and whether it can run here.
  record RuntimeState(RuntimeName name, Availability availability) {
    boolean isAvailable() {
      return availability instanceof Availability.Available;
    }
  }

  DoctorReport {
    runtimes = List.copyOf(runtimes);
  }

  /// Looks at everything. May take seconds: runtimes are started to see whether they do.
  static DoctorReport examine(Environment environment) {
    List<RuntimeState> states = new ArrayList<>();
    for (Map.Entry<RuntimeName, Supplier<Runtime>> entry : environment.runtimes().entrySet()) {
      states.add(new RuntimeState(entry.getKey(), availability(entry.getValue())));
    }
    return new DoctorReport(
        environment.version(),
        environment.home().isEmpty() ? "" : environment.home().get().toString(),
        UsedJava.examine(environment.home()),
        environment.cores(),
        memory(),
        states);
  }

  /// Whether what every run needs is there.
  boolean isHealthy() {
    for (RuntimeState state : runtimes) {
      if (state.name() == RuntimeName.CPYTHON && state.isAvailable()) {
        return true;
      }
    }
    return false;
  }

  private static Availability availability(Supplier<Runtime> supplier) {
    try (Runtime runtime = supplier.get()) {
      return runtime.availability();
    } catch (LinkageError e) {
      return new Availability.Missing(Runtimes.reason(e), Runtimes.REMEDY);
    }
  }

  /// The container's limit where there is one, else the machine's memory; 0 where unknown.
  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
