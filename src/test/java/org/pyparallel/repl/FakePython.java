package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// A runtime whose consoles know a few words instead of Python: `print TEXT`, `part TEXT` (without
/// a line end), `warn TEXT`, `read`, `fail`, `exit`, `loop` (until interrupted), `hang` (until
/// killed), `crash`.
final class FakePython implements Runtime {
  private final RuntimeName name;
  private final List<FakeConsole> consoles = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean broken;

  FakePython(RuntimeName name) {
    this.name = name;
  }

  /// Has consoles that are opened from now on fail.
  void breakDown() {
    broken = true;
  }

  /// Those that were opened, in order.
  List<FakeConsole> consoles() {
    return List.copyOf(consoles);
  }

  @Override
  public RuntimeName name() {
    return name;
  }

  @Override
  public Availability availability() {
    return name == RuntimeName.GRAALPY
        ? new Availability.Missing("GraalPy is not here", "bring it")
        : new Availability.Available("Fake 1", "", "");
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    if (broken) {
      throw new PyParallelException.RuntimeFailed("no more of these");
    }
    FakeConsole console = new FakeConsole(config, output);
    consoles.add(console);
    return console;
  }

  @Override
  public void close() {}

  /// See [FakePython].
  static final class FakeConsole implements Console {
    private final ConsoleConfig config;
    private final ConsoleOutput output;
    private final Thread owner = Thread.currentThread();

    // Guarded by this.
    private boolean running;
    private boolean interrupted;
    private boolean killed;
    private int closes;

    FakeConsole(ConsoleConfig config, ConsoleOutput output) {
      this.config = config;
      this.output = output;
    }

    ConsoleConfig config() {
      return config;
    }

    synchronized int closes() {
      return closes;
    }

    synchronized boolean isKilled() {
      return killed;
    }

    Thread owner() {
      return owner;
    }

    @Override
    public List<String> ask(String... request) {
      checkOwner();
      synchronized (this) {
        running = true;
        interrupted = false;
      }
      try {
        return switch (request[0]) {
          case "run" -> run(request[1]);
          case "memory" -> List.of("3000000");
          case "names" -> List.of("x", "int", "1");
          default -> List.of("ok");
        };
      } finally {
        synchronized (this) {
          running = false;
        }
      }
    }

    private List<String> run(String code) {
      for (String line : code.lines().toList()) {
        String text = line.substring(line.indexOf(' ') + 1);
        switch (line.split(" ")[0]) {
          case "print" -> output.out(text + "\n");
          case "part" -> output.out(text);
          case "warn" -> output.err(text + "\n");
          case "read" -> output.out(output.input("? ") + "\n");
          case "fail" -> {
            return List.of("error", "ValueError", "bad", "Traceback:\nValueError: bad");
          }
          case "exit" -> {
            return List.of("exit", "3");
          }
          case "loop" -> {
            output.out("looping\n");
            await(true);
            return List.of("interrupted");
          }
          case "hang" -> {
            output.out("hanging\n");
            await(false);
          }
          case "crash" -> throw new ConsoleDied("the process was killed by signal 11");
          default -> throw new IllegalArgumentException(line);
        }
      }
      return List.of("ok");
    }

    private synchronized void await(boolean stops) {
      while (!killed && !(stops && interrupted)) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      if (killed) {
        throw new ConsoleDied("killed");
      }
    }

    private void checkOwner() {
      if (Thread.currentThread() != owner) {
        throw new IllegalStateException("not the owner's thread");
      }
    }

    @Override
    public synchronized void interrupt() {
      interrupted |= running;
      notifyAll();
    }

    @Override
    public synchronized void kill() {
      killed = true;
      notifyAll();
    }

    @Override
    public String stack() {
      return "";
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public long cpuNanos() {
      return 0;
    }

    @Override
    public synchronized void close() {
      checkOwner();
      closes++;
    }
  }
}
