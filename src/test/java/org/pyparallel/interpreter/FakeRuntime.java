package org.pyparallel.interpreter;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RuntimeName;

/// A runtime without a Python, for tests of what stands in front of one: scripts are Java
/// functions.
///
/// It holds to the contract of [Runtime] and [Interpreter], and remembers every interpreter it
/// opened. See [FakeScripts] for scripts.
public final class FakeRuntime implements Runtime {
  /// What happens when an interpreter opens or closes: a script's `setup()` or `teardown()`.
  @FunctionalInterface
  public interface Hook {
    /// @throws InterruptedException when the interpreter is interrupted meanwhile
    void run(InterpreterConfig config) throws InterruptedException;
  }

  private final FakeScript script;
  private final Hook setup;
  private final Hook teardown;
  private final Availability availability;
  private volatile ToLongFunction<FakeInterpreter> memory = _ -> 0;
  private final List<FakeInterpreter> interpreters = new CopyOnWriteArrayList<>();
  private final AtomicInteger closes = new AtomicInteger();

  private FakeRuntime(FakeScript script, Hook setup, Hook teardown, Availability availability) {
    this.script = script;
    this.setup = setup;
    this.teardown = teardown;
    this.availability = availability;
  }

  /// Gives each line back in upper case.
  public FakeRuntime() {
    this(FakeScripts.upperCase());
  }

  public FakeRuntime(FakeScript script) {
    this(
        script,
        _ -> {},
        _ -> {},
        new Availability.Available("Fake 1.0", "Java functions instead of Python", ""));
  }

  /// The same runtime with a `setup()`, which may throw what [Runtime#open] may.
  public FakeRuntime withSetup(Hook hook) {
    return new FakeRuntime(script, hook, teardown, availability);
  }

  /// The same runtime, whose interpreters cannot be opened.
  public FakeRuntime failingToOpen(PyParallelException trouble) {
    return withSetup(
        _ -> {
          throw trouble;
        });
  }

  /// The same runtime with a `teardown()`, which may throw what [Interpreter#close] may.
  public FakeRuntime withTeardown(Hook hook) {
    return new FakeRuntime(script, setup, hook, availability);
  }

  /// The same runtime, in which `teardown()` raises.
  public FakeRuntime failingToClose(PythonError error) {
    return withTeardown(
        _ -> {
          throw new PyParallelException.ScriptFailed(error);
        });
  }

  /// Says how much memory the interpreters that are opened from now on have for themselves.
  public void setMemory(ToLongFunction<FakeInterpreter> bytes) {
    memory = bytes;
  }

  /// The same runtime, which cannot run here.
  public FakeRuntime missing(String reason, String remedy) {
    return new FakeRuntime(script, setup, teardown, new Availability.Missing(reason, remedy));
  }

  /// All interpreters that were opened, in that order.
  public List<FakeInterpreter> interpreters() {
    return List.copyOf(interpreters);
  }

  /// How often [#close] was called.
  public int closes() {
    return closes.get();
  }

  @Override
  public RuntimeName name() {
    return RuntimeName.CPYTHON;
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    if (availability instanceof Availability.Missing(String reason, _)) {
      throw new PyParallelException.RuntimeFailed(reason);
    }
    try {
      setup.run(config);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody can interrupt what is not open yet", e);
    }
    FakeInterpreter interpreter = new FakeInterpreter(config, script, teardown, memory);
    interpreters.add(interpreter);
    return interpreter;
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }
}
