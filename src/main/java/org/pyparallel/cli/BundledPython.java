package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Runs the CPython that comes with pyparallel, in the place of this process as far as Java can do
/// that: same streams, same exit status, and Ctrl-C is for the child alone to answer.
final class BundledPython {
  private static final String PROGRAM = "python/bin/python3.14";

  private BundledPython() {}

  /// Runs it to its end.
  ///
  /// @return its exit status
  /// @throws PyParallelException.RuntimeFailed if there is none or it cannot be started
  static int run(Environment environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program(environment).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    if (!environment.workingDirectory().toString().isEmpty()) {
      builder.directory(environment.workingDirectory().toFile());
    }
    Terminate passOn = new Terminate();
    SignalHandler interrupt = Signal.handle(new Signal("INT"), new Ignore());
    SignalHandler terminate = Signal.handle(new Signal("TERM"), passOn);
    try {
      Process process = builder.start();
      passOn.to(process);
      return waitFor(process);
    } catch (IOException e) {
      throw new PyParallelException.RuntimeFailed(
          "cannot start " + command.getFirst() + ": " + FileProblem.of(e), e);
    } finally {
      Signal.handle(new Signal("INT"), interrupt);
      Signal.handle(new Signal("TERM"), terminate);
    }
  }

  /// The program.
  ///
  /// @throws PyParallelException.RuntimeFailed if there is none
  static Path program(Environment environment) {
    if (environment.home().isEmpty()) {
      throw new PyParallelException.RuntimeFailed(
          "where pyparallel is installed is unknown, and so is its Python: " + Runtimes.REMEDY);
    }
    Path program = environment.home().get().resolve(PROGRAM);
    if (!Files.isExecutable(program)) {
      throw new PyParallelException.RuntimeFailed(
          "this installation has no bundled Python (no program "
              + program
              + "): install pyparallel anew, or use a Python 3.14 of your own");
    }
    return program;
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      process.destroy();
      return ExitStatus.INTERRUPTED.code();
    }
  }

  /// The terminal has sent it to the child as well. Not `SIG_IGN`, which the child would inherit.
  private static final class Ignore implements SignalHandler {
    @Override
    public void handle(Signal signal) {}
  }

  /// Passes it on: nobody else tells the child. One that comes before the child waits for it.
  private static final class Terminate implements SignalHandler {
    private @Nullable Process process;
    private boolean received;

    synchronized void to(Process started) {
      process = started;
      if (received) {
        started.destroy();
      }
    }

    @Override
    public synchronized void handle(Signal signal) {
      received = true;
      if (process != null) {
        process.destroy();
      }
    }
  }
}
