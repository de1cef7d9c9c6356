package org.pyparallel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Threads beside that of a test.
public final class Aside {
  private Aside() {}

  /// Runs a task on a thread of its own, which nobody waits for at the end. Not in the common pool,
  /// which may have one thread only: a task that never ends would keep it from all later ones, and
  /// from whoever waits for the end of a process.
  public static <T> CompletableFuture<T> run(Supplier<T> task) {
    return CompletableFuture.supplyAsync(
        task, command -> Thread.ofPlatform().daemon().name("aside").start(command));
  }

  /// Waits until a thread is in this state, for ever where it never is.
  public static void await(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.onSpinWait();
    }
  }
}
