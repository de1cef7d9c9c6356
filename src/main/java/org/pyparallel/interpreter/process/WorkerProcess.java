package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pyparallel.job.PyParallelException;

/// A child process with its three pipes: what it is told, what it says, and what is written past
/// the driver. It is ready once [#greet] has returned.
final class WorkerProcess {
  /// Whoever has greeted and is told to go has that long for its exit functions and for threads
  /// that it must wait for.
  private static final long FAREWELL_MILLIS = 10_000;

  /// Whoever was interrupted, or whose pipe is closed already, has that long.
  private static final long DEATH_MILLIS = 1_000;

  /// What a dead child has left in its pipe is there at once, unless its own children hold it open.
  private static final long DRAIN_MILLIS = 500;

  private final Process process;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final RawOutput raw;

  private WorkerProcess(Process process) {
    this.process = process;
    reader = new FrameReader(process.getInputStream());
    writer = new FrameWriter(process.getOutputStream());
    raw = RawOutput.of(process.getErrorStream());
  }

  /// @param driver the folder that holds the package `pyparallel`
  /// @param hashSeed what the hashes of strings begin with, unless PYTHONHASHSEED says so; empty
  ///   for something random
  /// @throws PyParallelException if the program cannot be started
  static WorkerProcess start(Python python, Path driver, OptionalLong hashSeed) {
    python.check();
    Path worker = driver.resolve("pyparallel").resolve("_worker.py");
    ProcessBuilder builder =
        new ProcessBuilder(python.program().toString(), "-X", "utf8", "-u", worker.toString());
    if (python.isBundled()) {
      // Meant for another Python: this one lies where it was built for.
      builder.environment().remove("PYTHONHOME");
    }
    if (hashSeed.isPresent()) {
      builder.environment().putIfAbsent("PYTHONHASHSEED", Long.toString(hashSeed.getAsLong()));
    }
    try {
      return new WorkerProcess(builder.start());
    } catch (IOException e) {
      throw python.fault("cannot be started: " + e.getMessage());
    }
  }

  /// Waits until the driver is there.
  ///
  /// @param diagnostics takes what is written past the driver, from now on; on another thread
  /// @throws IOException if it does not come; [#unread] may say why
  void greet(Consumer<String> diagnostics) throws IOException {
    String before = reader.greeting();
    if (!before.isEmpty()) {
      diagnostics.accept(before.endsWith("\n") ? before : before + "\n");
    }
    raw.open(diagnostics);
  }

  FrameReader reader() {
    return reader;
  }

  FrameWriter writer() {
    return writer;
  }

  /// What was written past the driver by one that did not greet.
  String unread() {
    raw.drain(DRAIN_MILLIS);
    return raw.unread();
  }

  /// Kills it, and the children it has; any thread, any number of times.
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    for (ProcessHandle child : children) {
      child.destroyForcibly();
    }
  }

  /// Waits for the end of one that says nothing any more; kills it where it lives on.
  ///
  /// @return whether it ended by itself
  boolean awaitDeath() {
    boolean dead = await(DEATH_MILLIS);
    raw.drain(DRAIN_MILLIS);
    release();
    return dead;
  }

  /// Lets it go in peace, or kills it where it does not go.
  ///
  /// @return what was wrong with its end, one line; empty where nothing was
  String end() {
    writer.close();
    boolean alone = await(FAREWELL_MILLIS);
    raw.drain(DRAIN_MILLIS);
    release();
    if (!alone) {
      return "a worker process had to be killed: it was still busy "
          + FAREWELL_MILLIS / 1_000
          + " s after the end of its work";
    }
    return status() == 0 ? "" : "after the end of its work: " + WorkerDeath.message(status());
  }

  /// Kills one that nobody will ask again; one that was interrupted may run its exit functions.
  void dismiss() {
    writer.close();
    await(DEATH_MILLIS);
    release();
  }

  private boolean await(long millis) {
    boolean dead = false;
    try {
      dead = process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!dead) {
      kill();
      awaitKilled();
    }
    return dead;
  }

  /// The system takes no time over it. Not [Process#onExit], which needs a thread of the common
  /// pool.
  private void awaitKilled() {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Its children may hold the pipes open; we do not.
  private void release() {
    writer.close();
    try (var _ = process.getInputStream()) {
      return;
    } catch (IOException _) {
      // It was open for reading only: nothing is lost.
    }
  }

  /// How it ended: its status, or 128 and the number of the signal. Only once it is dead.
  int status() {
    return process.exitValue();
  }

  /// How much CPU time it has used, in nanoseconds; 0 where nobody can tell.
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /// How much memory it has for itself, in bytes; 0 where nobody can tell.
  long memoryBytes() {
    Path file = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.substring(6, line.length() - 2).strip()) << 10;
        }
      }
    } catch (IOException _) {
      // Another system, or the process is gone.
    }
    return 0;
  }
}
