package org.pyparallel.interpreter.cpython;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Prompter;
import org.pyparallel.job.PyParallelException.ScriptFailed;

/// A console in a subinterpreter: one of its own, or that of a script that failed.
///
/// The interpreter's lock is free while something is printed or a line is waited for, so that the
/// code's other threads go on, and interruptions come through.
final class CPythonConsole
    implements Console, EmitFunction.Receiver, Onlooker.Describer, DriverModule.Interruptible {
  // What the driver's host module calls them.
  private static final int RESULTS = 1;
  private static final int DIAGNOSTICS = 2;

  private final LibPython python;
  private final ConsoleOutput output;
  private final Prompter prompter;
  private final Subinterpreter subinterpreter;
  private final DriverModule driver;
  private final EmitFunction emit;
  private final Onlooker onlooker;
  private final KeyboardInterrupts interrupts;
  private final Ending ending;
  private long ask;
  private long stack;
  private volatile boolean killed;
  private boolean closed;

  /// How the subinterpreter ends, once nobody asks any more.
  interface Ending {
    /// The owner, outside of it.
    ///
    /// @param whole whether its code may still do something about it
    /// @throws org.pyparallel.job.PyParallelException.ScriptFailed if that raises; it has ended all
    ///   the same
    void end(boolean whole);
  }

  private CPythonConsole(
      LibPython python, Subinterpreter subinterpreter, ConsoleOutput output, Ending ending) {
    this.python = python;
    this.output = output;
    this.prompter = new Prompter(output);
    this.subinterpreter = subinterpreter;
    this.ending = ending;
    this.driver = new DriverModule(python, this);
    this.emit = new EmitFunction(python, this);
    this.onlooker = new Onlooker(subinterpreter, this);
    this.interrupts = new KeyboardInterrupts(subinterpreter);
  }

  /// Opens one with a subinterpreter of its own.
  ///
  /// @param folder the one that holds the package `pyparallel`
  static CPythonConsole open(
      LibPython python, Path folder, ConsoleConfig config, ConsoleOutput output) {
    Subinterpreter own = Subinterpreter.open(python);
    CPythonConsole console = new CPythonConsole(python, own, output, _ -> own.end());
    try {
      console.load(folder, config);
    } catch (Throwable e) {
      console.close();
      throw e;
    }
    return console;
  }

  /// Opens one in the subinterpreter of a script, which the owner is outside of. Where that cannot
  /// be, it is as before.
  static CPythonConsole adopt(
      LibPython python, Subinterpreter subinterpreter, ConsoleOutput output, Ending ending) {
    CPythonConsole console = new CPythonConsole(python, subinterpreter, output, ending);
    try {
      console.adopt();
    } catch (Throwable e) {
      console.emit.close();
      throw e;
    }
    return console;
  }

  private void load(Path folder, ConsoleConfig config) {
    try (Arena arena = Arena.ofConfined()) {
      long module = driver.load(arena, folder);
      accept(begin(arena, module, "console_open", DriverProtocol.config(config)));
    } finally {
      subinterpreter.leave();
    }
  }

  private void adopt() {
    subinterpreter.enter();
    try (Arena arena = Arena.ofConfined()) {
      accept(begin(arena, driver.module(arena), "console_adopt", null));
    } finally {
      subinterpreter.leave();
    }
  }

  private void accept(@Nullable String answer) {
    emit.rethrowBroken();
    if (answer != null) {
      DriverProtocol.accept(answer);
    }
  }

  /// Has a function of the driver's make a console; inside.
  ///
  /// @param module a reference that is taken over
  /// @param config what the function is told first, if anything
  private @Nullable String begin(
      Arena arena, long module, String function, @Nullable String config) {
    ask = driver.attribute(arena, module, "console_ask");
    stack = driver.attribute(arena, module, "stack");
    long interrupted = driver.attribute(arena, module, "Interrupted");
    long builtins = driver.required(python.importModule(CMemory.string(arena, "builtins")));
    long keyboardInterrupt = driver.attribute(arena, builtins, "KeyboardInterrupt");
    interrupts.exceptions(keyboardInterrupt, interrupted);
    long open = driver.attribute(arena, module, function);
    long take = driver.required(emit.create());
    python.decRef(builtins);
    python.decRef(module);
    try {
      return config == null
          ? driver.call(arena, open, take)
          : driver.call(arena, open, driver.bytes(arena, config), take);
    } finally {
      python.decRef(open);
    }
  }

  @Override
  public List<String> ask(String... request) {
    checkAlive();
    @Nullable String answer = null;
    subinterpreter.enter();
    interrupts.begin();
    try (Arena arena = Arena.ofConfined()) {
      if (!killed) {
        answer = driver.call(arena, ask, driver.bytes(arena, DriverProtocol.request(request)));
      }
    } finally {
      interrupts.end();
      subinterpreter.leave();
    }
    checkAlive();
    emit.rethrowBroken();
    return answer == null ? List.of("interrupted") : DriverProtocol.fields(answer);
  }

  private void checkAlive() {
    if (killed || closed) {
      throw new ConsoleDied("the interpreter was " + (killed ? "killed" : "closed"));
    }
  }

  @Override
  public void interrupt() {
    if (!prompter.interrupt()) {
      interrupts.request(false);
    }
  }

  @Override
  public boolean isInterrupted() {
    return interrupts.isRaised();
  }

  @Override
  public void kill() {
    killed = true;
    prompter.interrupt();
    interrupts.request(true);
  }

  @Override
  public String stack() {
    return onlooker.stack();
  }

  /// Calls the driver in the middle of the code, on a visitor's thread.
  @Override
  public String describe(long[] frames) {
    try (Arena arena = Arena.ofConfined()) {
      @Nullable String text = driver.call(arena, stack, frames);
      return text == null ? "" : text;
    }
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
  public void close() {
    if (!closed) {
      closed = true;
      try {
        ending.end(!killed);
      } catch (ScriptFailed e) {
        output.err(e.error().traceback() + '\n');
      } finally {
        emit.close();
      }
    }
  }

  @Override
  public boolean take(int kind, ByteBuffer chunk) {
    if (killed) {
      return false; // nobody wants to know
    }
    String text = text(chunk);
    long thread = python.saveThread();
    try {
      switch (kind) {
        case RESULTS -> output.out(text);
        case DIAGNOSTICS -> output.err(text);
        default -> throw new IllegalStateException("the console emits something of kind " + kind);
      }
    } finally {
      python.restoreThread(thread);
    }
    return true;
  }

  @Override
  public Prompter.Reply prompt(ByteBuffer text) {
    String prompt = text(text);
    long thread = python.saveThread();
    try {
      return prompter.ask(prompt);
    } finally {
      python.restoreThread(thread);
    }
  }

  private static String text(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }
}
