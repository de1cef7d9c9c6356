package org.pyparallel.interpreter;

/// Sees to it that an interruption ends what it was meant for, and nothing that begins later.
///
/// The owner of a console says when something begins and ends. Whoever wants it to end asks for
/// that; somebody then sets out to where it can be done, which may take long, and may be too late.
/// Thread-safe.
public final class Interrupts {
  // All guarded by this: the number of what runs, 0 where nothing does; of the last that was
  // begun; of what is to end.
  private long running;
  private long begun;
  private long unwanted;
  private boolean underWay;

  /// The owner begins something.
  public synchronized void begin() {
    running = ++begun;
  }

  /// The owner is done with it.
  public synchronized void end() {
    running = 0;
  }

  /// Whether something runs.
  public synchronized boolean isRunning() {
    return running != 0;
  }

  /// What runs now is to end.
  ///
  /// @return whether somebody must set out, and [#arrive] in any case; false where nothing runs, or
  ///   somebody is under way already
  public synchronized boolean request() {
    unwanted = running;
    if (running == 0 || underWay) {
      return false;
    }
    underWay = true;
    return true;
  }

  /// Whoever set out has arrived.
  ///
  /// @param task called where what runs is what was to end, which lasts until it returns
  public synchronized void arrive(Runnable task) {
    underWay = false;
    if (running != 0 && running == unwanted) {
      task.run();
    }
  }

  /// Whoever set out cannot get there.
  public synchronized void giveUp() {
    underWay = false;
  }
}
