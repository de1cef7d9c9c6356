package org.pyparallel.interpreter.cpython;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ShardFailures;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// The driver's host module `_cpython.py` in a subinterpreter of its own.
final class CPythonInterpreter
    implements Interpreter, EmitFunction.Receiver, Onlooker.Describer, DriverModule.Interruptible {
  // What the driver's host module calls them.
  private static final int RESULTS = 1;
  private static final int DIAGNOSTICS = 2;
  private static final int REJECTS = 3;
  private static final int WANTED = 4;
  private static final int GIVE = 5;
  private static final int SAMPLED = 11;

  private final LibPython python;
  private final InterpreterConfig config;
  private final Subinterpreter subinterpreter;
  private final DriverModule driver;
  private final EmitFunction emit;
  private final ShardBytes shardBytes;
  private final Onlooker onlooker;
  private long run;
  private long reduce;
  private long close;
  private volatile long interruptedClass;
  private volatile long stack;
  private volatile @Nullable ShardOutput output;
  private volatile boolean interrupted;
  private volatile boolean passing;
  private boolean closed;
  private boolean ended;

  /// @param folder the one that holds the package `pyparallel`
  CPythonInterpreter(LibPython python, Path folder, InterpreterConfig config) {
    this.python = python;
    this.config = config;
    this.subinterpreter = Subinterpreter.open(python);
    this.driver = new DriverModule(python, this);
    this.emit = new EmitFunction(python, this);
    this.shardBytes = new ShardBytes(python);
    this.onlooker = new Onlooker(subinterpreter, this);
    try {
      load(folder);
    } catch (ScriptFailed e) {
      try {
        config.failing().accept(this, e);
      } finally {
        end();
      }
      throw e;
    } catch (Throwable e) {
      end();
      throw e;
    }
  }

  private void load(Path folder) {
    @Nullable String answer = null;
    try (Arena arena = Arena.ofConfined()) {
      long module = driver.load(arena, folder);
      run = driver.attribute(arena, module, "run");
      reduce = driver.attribute(arena, module, "reduce");
      close = driver.attribute(arena, module, "close");
      stack = driver.attribute(arena, module, "stack");
      interruptedClass = driver.attribute(arena, module, "Interrupted");
      long open = driver.attribute(arena, module, "open");
      long function = driver.required(emit.create());
      python.decRef(module);
      config.opening().accept(this);
      if (!interrupted) {
        answer =
            driver.call(arena, open, driver.bytes(arena, DriverProtocol.config(config)), function);
      }
      python.decRef(open);
    } finally {
      subinterpreter.leave();
    }
    emit.rethrowBroken();
    // What a script makes of being interrupted is no failure of its own.
    if (answer != null && !interrupted) {
      DriverProtocol.accept(answer);
    }
  }

  @Override
  public ShardResult run(Shard shard, ShardOutput output) {
    if (interrupted) {
      return new ShardResult.Interrupted();
    }
    @Nullable String answer;
    begin(output);
    try (Arena arena = Arena.ofConfined()) {
      long data;
      try {
        data = shardBytes.load(shard.data(), output);
      } catch (IOException e) {
        return ShardFailures.unreadable(shard, e);
      }
      answer = driver.call(arena, run, driver.bytes(arena, DriverProtocol.shard(shard)), data);
    } finally {
      leave();
    }
    return result(answer);
  }

  @Override
  public ShardResult reduce(ReduceStep step, ShardOutput output) {
    if (interrupted) {
      return new ShardResult.Interrupted();
    }
    @Nullable String answer;
    begin(output);
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer given = step.data();
      long name = driver.bytes(arena, step.label());
      long place = driver.bytes(arena, step.place());
      long data = given == null ? python.none : shardBytes.load(new ShardData.Bytes(given), output);
      answer = driver.call(arena, reduce, name, place, data);
    } catch (IOException e) {
      throw new RuntimeFailed("cannot reduce: " + e.getMessage(), e);
    } finally {
      leave();
    }
    return result(answer);
  }

  @Override
  public boolean keepsPartials() {
    return true;
  }

  private void begin(ShardOutput output) {
    subinterpreter.enter();
    this.output = output;
  }

  private void leave() {
    output = null;
    subinterpreter.leave();
  }

  private ShardResult result(@Nullable String answer) {
    emit.rethrowBroken();
    return answer == null ? new ShardResult.Interrupted() : DriverProtocol.result(answer);
  }

  @Override
  public void interrupt() {
    interrupted = true;
    long exception = interruptedClass;
    if (exception != 0) {
      // Waits for the interpreter's lock, which a C function may hold for ever.
      Thread thread =
          new Thread(
              () -> subinterpreter.visit(() -> subinterpreter.raise(exception)),
              "cpython-interrupt");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public boolean isSpent() {
    return interrupted;
  }

  @Override
  public boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public String stack() {
    if (stack == 0) {
      return "";
    }
    String text = onlooker.stack();
    return text.equals(Onlooker.HIDDEN) && passing ? "waiting for its output to be taken" : text;
  }

  /// Calls the driver in the middle of the script, on a visitor's thread.
  @Override
  public String describe(long[] frames) {
    try (Arena arena = Arena.ofConfined()) {
      @Nullable String text = driver.call(arena, stack, frames);
      return text == null ? "" : text;
    }
  }

  @Override
  public Console console(ConsoleOutput output) {
    return CPythonConsole.adopt(python, subinterpreter, output, this::end);
  }

  private void end(boolean whole) {
    if (whole) {
      close();
    } else {
      end();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    @Nullable String answer = null;
    if (!interrupted) {
      subinterpreter.enter();
      try (Arena arena = Arena.ofConfined()) {
        answer = driver.call(arena, close);
      } finally {
        subinterpreter.leave();
      }
    }
    end();
    if (answer != null) {
      DriverProtocol.accept(answer);
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    closed = true;
    ended = true;
    subinterpreter.end();
    emit.close();
    shardBytes.close();
  }

  @Override
  public boolean take(int kind, ByteBuffer chunk) {
    if (kind == DIAGNOSTICS) {
      config.diagnostics().accept(text(chunk));
      return true;
    }
    ShardOutput current = output;
    if (current == null) {
      return false;
    }
    passing = true;
    try {
      return take(current, kind, chunk);
    } finally {
      passing = false;
    }
  }

  private static boolean take(ShardOutput current, int kind, ByteBuffer chunk) {
    return switch (kind) {
      case RESULTS -> current.write(chunk);
      case REJECTS -> current.reject(chunk);
      case WANTED -> current.wanted();
      case GIVE -> current.give(DriverProtocol.cut(text(chunk)));
      case SAMPLED -> current.sampled(Integer.parseInt(text(chunk)));
      default -> throw new IllegalStateException("the driver emits something of kind " + kind);
    };
  }

  private static String text(ByteBuffer utf8) {
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }
}
