package org.pyparallel.interpreter.graalpy;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Interrupts;
import org.pyparallel.interpreter.Prompter;
import org.pyparallel.job.PyParallelException.ScriptFailed;

/// A console in a context: one of its own, or that of a script that failed.
///
/// It is interrupted by a `KeyboardInterrupt` that Python raises at the thread's next safepoint, so
/// that `except` and `finally` see it; `Context.interrupt` would pass them by.
final class GraalPyConsole implements Console {
  private static final String LANGUAGE = "python";
  private static final String DRIVER = "__import__('pyparallel._graalpy', fromlist=('open',))";

  private static final String EXIT_FUNCTIONS = "__import__('atexit')._run_exitfuncs()";

  private static final List<String> INTERRUPTED = List.of("interrupted");

  private final Engines engines;
  private final Engine engine;
  private final Context context;
  private final Diagnostics diagnostics;
  private final Prompter prompter;
  private final ConsoleHost host;
  private final Thread owner = Thread.currentThread();
  private final Safepoints.Place place;
  private final Onlooker onlooker;
  private final Interrupts interrupts = new Interrupts();
  private final Value ask;
  private volatile @Nullable Future<Void> interruption;
  private volatile @Nullable String death;
  private boolean closed;

  /// What is done in the context before it ends, such as exit functions. For the owner.
  private final Runnable farewell;

  private GraalPyConsole(
      Engines engines,
      Engine engine,
      Context context,
      Diagnostics diagnostics,
      ConsoleOutput output,
      Value driver,
      Runnable farewell) {
    this.engines = engines;
    this.engine = engine;
    this.context = context;
    this.diagnostics = diagnostics;
    prompter = new Prompter(output);
    host = new ConsoleHost(output, prompter);
    place = Objects.requireNonNull(Safepoints.place(engine, context), Safepoints.ID);
    onlooker = new Onlooker(place, driver.getMember("stack"));
    ask = driver.getMember("console_ask");
    this.farewell = farewell;
  }

  static GraalPyConsole open(
      Engines engines, Path python, ConsoleConfig config, ConsoleOutput output) {
    Engine engine = engines.acquire(config.workers());
    Diagnostics diagnostics = new Diagnostics(output::err);
    Context context = null;
    try {
      context = Contexts.open(engine, python, diagnostics);
      Value driver = context.eval(LANGUAGE, DRIVER);
      Context own = context;
      GraalPyConsole console =
          new GraalPyConsole(
              engines,
              engine,
              context,
              diagnostics,
              output,
              driver,
              () -> own.eval(LANGUAGE, EXIT_FUNCTIONS));
      Value open = driver.getMember("console_open");
      DriverProtocol.accept(open.execute(DriverProtocol.config(config), console.host).asString());
      return console;
    } catch (Throwable e) {
      if (context != null) {
        context.close(true);
      }
      engines.release(engine);
      diagnostics.close();
      throw Failures.opening(e);
    }
  }

  /// Opens one in the context of a script, which it ends with it. Where that cannot be, the context
  /// is as before.
  ///
  /// @param farewell what is done in the context before it ends
  static GraalPyConsole adopt(
      Engines engines,
      Engine engine,
      Context context,
      Diagnostics diagnostics,
      ConsoleOutput output,
      Runnable farewell) {
    try {
      Value driver = context.eval(LANGUAGE, DRIVER);
      GraalPyConsole console =
          new GraalPyConsole(engines, engine, context, diagnostics, output, driver, farewell);
      Value adopt = driver.getMember("console_adopt");
      DriverProtocol.accept(adopt.execute(console.host).asString());
      return console;
    } catch (PolyglotException e) {
      throw Failures.exception(e);
    }
  }

  @Override
  public List<String> ask(String... request) {
    checkAlive();
    try {
      // Before anybody may want to interrupt: that is heard by threads in the context only.
      context.enter();
      try {
        return answer(DriverProtocol.request(request));
      } finally {
        context.leave();
      }
    } catch (AbstractTruffleException _) {
      // The interruption came on the way in or out, where nobody makes it one of the API's.
      return INTERRUPTED;
    } catch (PolyglotException | IllegalStateException e) {
      checkAlive(); // it was killed
      throw e;
    }
  }

  private List<String> answer(String request) {
    interrupts.begin();
    try {
      String answer = ask.execute(request).asString();
      host.rethrow();
      return DriverProtocol.fields(answer);
    } catch (PolyglotException e) {
      host.rethrow();
      checkAlive();
      return answer(e);
    } catch (OutOfMemoryError _) {
      return Failures.exhaustedAnswer();
    } finally {
      interrupts.end();
      interrupts.giveUp();
      Future<Void> late = interruption;
      if (late != null) {
        interruption = null;
        late.cancel(false);
      }
    }
  }

  /// What to answer where the driver could not.
  private List<String> answer(PolyglotException e) {
    if (e.isExit()) {
      death = "the code ended the interpreter, as os._exit(" + e.getExitStatus() + ") does";
      checkAlive();
    }
    return Failures.answer(e);
  }

  private void checkAlive() {
    String reason = death;
    if (reason != null) {
      throw new ConsoleDied(reason);
    }
  }

  @Override
  public void interrupt() {
    if (!prompter.interrupt() && interrupts.request()) {
      try {
        interruption = place.interrupt(owner, this::isUnwanted);
      } catch (IllegalStateException _) {
        interrupts.giveUp(); // it is closed
      }
    }
  }

  /// On the owner's thread, where it is to be interrupted.
  private boolean isUnwanted() {
    boolean[] unwanted = {false};
    interrupts.arrive(() -> unwanted[0] = true);
    return unwanted[0];
  }

  @Override
  public void kill() {
    if (death != null) {
      return;
    }
    death = "the interpreter was killed";
    host.silence();
    prompter.interrupt();
    // Waits for what does not stop.
    Thread thread = new Thread(this::free, "graalpy-kill");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String stack() {
    return death == null && interrupts.isRunning() ? onlooker.stack() : "";
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
    if (closed) {
      return;
    }
    closed = true;
    boolean alive = death == null;
    death = "the interpreter was closed";
    if (alive) {
      try {
        farewell.run();
      } catch (ScriptFailed e) {
        host.err(e.error().traceback() + '\n');
      } catch (PolyglotException | IllegalStateException _) {
        // It ends now, whatever they do.
      }
      free();
    }
  }

  /// The engine first: from then on nobody waits for it, should the context not end.
  private void free() {
    engines.release(engine);
    context.close(true);
    diagnostics.close();
  }
}
