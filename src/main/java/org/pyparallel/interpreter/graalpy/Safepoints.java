package org.pyparallel.interpreter.graalpy;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import java.util.concurrent.Future;

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
  }

  @Override
  protected void onCreate(Env env) {
    Access access =
        () -> {
          TruffleContext context = env.getEnteredContext();
          return task -> env.submitThreadLocal(context, null, new Action(task));
        };
    env.registerService(access);
  }

  /// Has side effects: it calls Python, so it must wait where a thread is not ready for that.
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
