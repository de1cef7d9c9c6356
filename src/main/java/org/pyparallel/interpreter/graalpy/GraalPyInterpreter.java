package org.pyparallel.interpreter.graalpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ShardFailures;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// One context with the driver in it.
///
/// All methods but [#interrupt] and [#stack] run on the owner's thread, which is in the context
/// only while one of them calls the driver.
final class GraalPyInterpreter implements Interpreter {
  private static final String LANGUAGE = "python";
  private static final String DRIVER = "__import__('pyparallel._graalpy', fromlist=('open',))";

  private final Engines engines;
  private final Engine engine;
  private final Context context;
  private final Diagnostics diagnostics;
  private final DriverHost host;
  private final Interruption interruption;
  private final Onlooker onlooker;
  private final Value open;
  private final Value run;
  private final Value reduce;
  private final Value close;
  private final ShardReader reader = new ShardReader();
  private final boolean tiersUp;
  private volatile boolean overLimit;
  private boolean closed;

  private GraalPyInterpreter(
      Engines engines,
      Engine engine,
      Context context,
      Diagnostics diagnostics,
      DriverHost host,
      Value driver,
      boolean tiersUp) {
    this.engines = engines;
    this.engine = engine;
    this.context = context;
    this.diagnostics = diagnostics;
    this.host = host;
    this.tiersUp = tiersUp;
    interruption = new Interruption(context);
    onlooker = new Onlooker(Safepoints.place(engine, context), driver.getMember("stack"));
    open = driver.getMember("open");
    run = driver.getMember("run");
    reduce = driver.getMember("reduce");
    close = driver.getMember("close");
  }

  /// Opens a context and loads the script.
  static GraalPyInterpreter open(Engines engines, Path python, InterpreterConfig config) {
    Engine engine = engines.acquire(config.plan().workers());
    Diagnostics diagnostics = new Diagnostics(config.diagnostics());
    DriverHost host = new DriverHost(config.diagnostics());
    Context context = null;
    try {
      context = Contexts.open(engine, python, config, diagnostics);
      Value driver = context.eval(LANGUAGE, DRIVER);
      GraalPyInterpreter interpreter =
          new GraalPyInterpreter(
              engines, engine, context, diagnostics, host, driver, config.plan().tiersUp());
      config.opening().accept(interpreter);
      interpreter.load(config);
      return interpreter;
    } catch (Throwable e) {
      if (context != null) {
        context.close(true);
      }
      engines.release(engine);
      diagnostics.close();
      throw Failures.opening(e);
    }
  }

  private void load(InterpreterConfig config) {
    try {
      if (interruption.begin()) {
        call(open, DriverProtocol.config(config), host);
      }
    } catch (ScriptFailed e) {
      config.failing().accept(this, e);
      throw e;
    }
  }

  @Override
  public ShardResult run(Shard shard, ShardOutput output) {
    ShardText data;
    try {
      data = text(shard.data(), output);
    } catch (IOException e) {
      return ShardFailures.unreadable(shard, e);
    } catch (OutOfMemoryError _) {
      return Failures.exhausted();
    }
    return call(output, run, DriverProtocol.shard(shard), data);
  }

  @Override
  public ShardResult reduce(ReduceStep step, ShardOutput output) {
    ByteBuffer given = step.data();
    ShardText data = null;
    if (given != null) {
      byte[] bytes = new byte[given.remaining()];
      given.duplicate().get(bytes);
      data = new ShardText(bytes);
    }
    return call(output, reduce, step.label(), step.place(), data);
  }

  /// Not where workers may leave it again, and close it.
  @Override
  public boolean keepsPartials() {
    return !tiersUp;
  }

  private @Nullable ShardText text(ShardData data, ShardOutput output) throws IOException {
    byte[] bytes = reader.read(data);
    if (bytes != null && !(data instanceof ShardData.Range)) {
      output.loaded(ByteBuffer.wrap(bytes));
    }
    return bytes == null ? null : new ShardText(bytes);
  }

  /// Calls a function of the driver that answers with a result.
  private ShardResult call(ShardOutput output, Value function, @Nullable Object... arguments) {
    if (overLimit || !interruption.begin()) {
      return new ShardResult.Interrupted();
    }
    try {
      context.resetLimits();
      host.output(output);
      String answer = function.execute(arguments).asString();
      host.rethrow();
      return DriverProtocol.result(answer);
    } catch (PolyglotException e) {
      host.rethrow();
      overLimit = Failures.isLimit(e);
      return Failures.result(e);
    } catch (OutOfMemoryError _) {
      return Failures.exhausted();
    } finally {
      host.output(null);
      interruption.end();
    }
  }

  @Override
  public void interrupt() {
    interruption.request();
  }

  @Override
  public boolean isSpent() {
    return overLimit || interruption.isRequested();
  }

  @Override
  public String stack() {
    if (!interruption.isRunning()) {
      return "";
    }
    if (host.isPassing()) {
      return "waiting for its output to be taken";
    }
    String text = onlooker.stack();
    return interruption.isRunning() ? text : "";
  }

  @Override
  public Console console(ConsoleOutput output) {
    Console console =
        GraalPyConsole.adopt(engines, engine, context, diagnostics, output, this::tearDown);
    closed = true;
    return console;
  }

  private void tearDown() {
    if (interruption.begin()) {
      call(close);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (reader;
        diagnostics) {
      if (!overLimit) {
        tearDown();
      }
    } finally {
      context.close(true);
      engines.release(engine);
    }
  }

  /// Calls a function of the driver that answers whether all is well; nothing comes of it where it
  /// was interrupted. The interruption has begun, and is ended here.
  private void call(Value function, Object... arguments) {
    try {
      context.resetLimits();
      String answer = function.execute(arguments).asString();
      host.rethrow();
      // What a script makes of being interrupted is no failure of its own.
      if (!isSpent()) {
        DriverProtocol.accept(answer);
      }
    } catch (PolyglotException e) {
      host.rethrow();
      boolean stopped = e.isInterrupted() || e.isCancelled();
      if (!stopped || (Failures.isLimit(e) && !isSpent())) {
        throw Failures.exception(e);
      }
    } finally {
      interruption.end();
    }
  }
}
