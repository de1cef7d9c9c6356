package org.pyparallel.interpreter.graalpy;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;
import org.jspecify.annotations.Nullable;

/// Runs something in the middle of what a context's threads do, each at the next point at which it
/// can stop for a moment; found by engines as an instrument of theirs.
///
/// Public, with a public constructor, because the engine makes it.
@TruffleInstrument.Registration(
    id = Safepoints.ID,
    name = "pyparallel safepoints",
    services = Safepoints.Access.class)
public final class Safepoints extends TruffleInstrument {
  static final String ID = "pyparallel-safepoints";

  /// What [Safepoints] offers.
  interface Access {
    /// The context that the calling thread is in.
    Place here();
  }

  /// A context.
  interface Place {
    /// Asks all threads that are in the context to run something there. Any thread.
    ///
    /// @param task called on each of these threads; must not throw
    /// @return done when all have run it or left the context; to be cancelled by whoever waits no
    ///   longer
    /// @throws IllegalStateException if the context is closed
    Future<Void> submit(Runnable task);

    /// Has Python raise `KeyboardInterrupt` on one thread, where it is at the moment. Any thread.
    ///
    /// @param thread one that is in the context; where it is not, nothing comes of it
    /// @param wanted asked there whether that is still right
    /// @return done when it was raised or the thread has left the context; to be cancelled where it
    ///   is not wanted any more
    /// @throws IllegalStateException if the context is closed
    Future<Void> interrupt(Thread thread, BooleanSupplier wanted);
  }

  /// The place of whoever calls, who must not be in the context.
  ///
  /// @return null where the engine has not found this instrument
  static @Nullable Place place(Engine engine, Context context) {
    Instrument instrument = engine.getInstruments().get(ID);
    if (instrument == null) {
      return null;
    }
    context.enter();
    try {
      return instrument.lookup(Access.class).here();
    } finally {
      context.leave();
    }
  }

  @Override
  protected void onCreate(Env env) {
    Access access = () -> new ContextPlace(env, env.getEnteredContext());
    env.registerService(access);
  }

  private record ContextPlace(Env env, TruffleContext context) implements Place {
    private static final Source KEYBOARD_INTERRUPT =
        Source.newBuilder("python", "raise KeyboardInterrupt", "<interrupt>").build();

    @Override
    public Future<Void> submit(Runnable task) {
      return env.submitThreadLocal(context, null, new Action(task));
    }

    @Override
    public Future<Void> interrupt(Thread thread, BooleanSupplier wanted) {
      Runnable task =
          () -> {
            if (wanted.getAsBoolean()) {
              raise();
            }
          };
      return env.submitThreadLocal(context, new Thread[] {thread}, new Action(task));
    }

    /// What it raises goes through the action into what the thread does.
    private void raise() {
      try {
        env.parse(KEYBOARD_INTERRUPT).call();
      } catch (IOException e) {
        throw new AssertionError("the source is no file", e);
      }
    }
  }

  /// Has side effects: it calls Python, so it must wait where a thread is not ready for that. What
  /// Python raises in it, but nothing else, may leave it.
  private static final class Action extends ThreadLocalAction {
    private final Runnable task;

    Action(Runnable task) {
      super(true, false);
      this.task = task;
    }

    @Override
    protected void perform(ThreadLocalAction.Access access) {
      task.run();
    }
  }
}
