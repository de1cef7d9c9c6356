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

/// A console in a subinterpreter of its own.
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
  private long ask;
  private long stack;
  private volatile boolean killed;
  private boolean closed;

  /// @param folder the one that holds the package `pyparallel`
  CPythonConsole(LibPython python, Path folder, ConsoleConfig config, ConsoleOutput output) {
    this.python = python;
    this.output = output;
    this.prompter = new Prompter(output);
    this.subinterpreter = Subinterpreter.open(python);
    this.driver = new DriverModule(python, this);
    this.emit = new EmitFunction(python, this);
    this.onlooker = new Onlooker(subinterpreter, this);
    this.interrupts = new KeyboardInterrupts(subinterpreter);
    try {
      load(folder, config);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private void load(Path folder, ConsoleConfig config) {
    @Nullable String answer;
    try (Arena arena = Arena.ofConfined()) {
      long module = driver.load(arena, folder);
      ask = driver.attribute(arena, module, "console_ask");
      stack = driver.attribute(arena, module, "stack");
      long interrupted = driver.attribute(arena, module, "Interrupted");
      long builtins = driver.required(python.importModule(CMemory.string(arena, "builtins")));
      long keyboardInterrupt = driver.attribute(arena, builtins, "KeyboardInterrupt");
      interrupts.exceptions(keyboardInterrupt, interrupted);
      long open = driver.attribute(arena, module, "console_open");
      long function = driver.required(emit.create());
      python.decRef(builtins);
      python.decRef(module);
      long about = driver.bytes(arena, DriverProtocol.config(config));
      answer = driver.call(arena, open, about, function);
      python.decRef(open);
    } finally {
      subinterpreter.leave();
    }
    emit.rethrowBroken();
    if (answer != null) {
      DriverProtocol.accept(answer);
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
      subinterpreter.end();
      emit.close();
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
