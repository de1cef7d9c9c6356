package org.pyparallel.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// One call of [Interpreter#run], which other threads may cut short, and give up.
///
/// It is *cut* when its time is over, say: its output is refused and its interpreter interrupted.
/// Whatever the interpreter answers then, the attempt has ended as whoever cut it said, and the
/// interpreter is closed by its owner. An owner that does not come back from all that can be *given
/// up*: the result is the same, others go on with it, and the owner, whenever it does come back, is
/// told to leave.
final class Attempt {
  private final Shard shard;
  private final Interpreter interpreter;
  private final AttemptOutput output;
  private final long start = System.nanoTime();

  // Guarded by this. Cut comes before given up, and only what is not over is either.
  private boolean cut;
  private boolean givenUp;
  private boolean over;
  private @Nullable PythonError cause;

  Attempt(Shard shard, Interpreter interpreter, AttemptOutput output) {
    this.shard = shard;
    this.interpreter = interpreter;
    this.output = output;
  }

  /// Runs the shard; the interpreter's owner.
  ///
  /// @return how it ended; null where it was given up meanwhile: then nothing of it is the caller's
  ///   any more, and the interpreter is closed
  @Nullable ShardResult run() {
    ShardResult result = new ShardResult.Interrupted();
    try {
      result = interpreter.run(shard, output);
    } catch (Throwable e) {
      // What breaks when it is cut short breaks for that reason.
      if (!isCut()) {
        throw e;
      }
    }
    if (endsUncut()) {
      return result;
    }
    closeCut();
    return endsCut() ? cutResult() : null;
  }

  private synchronized boolean endsUncut() {
    over = !cut;
    return over;
  }

  private synchronized boolean endsCut() {
    over = !givenUp;
    return over;
  }

  /// Closes what is of no more use; why it was interrupted is said elsewhere.
  private void closeCut() {
    try {
      interpreter.close();
    } catch (PyParallelException _) {
      // as above
    } catch (RuntimeException | Error e) {
      if (!isGivenUp()) {
        throw e;
      }
    }
  }

  /// Cuts it short. Any thread; returns at once.
  ///
  /// @param why what the shard fails with; null where nobody wants it any more
  /// @return whether it was still running, and uncut
  boolean cut(@Nullable PythonError why) {
    synchronized (this) {
      if (over || cut) {
        return false;
      }
      cut = true;
      cause = why;
    }
    output.refuse();
    interpreter.interrupt();
    return true;
  }

  /// Gives its owner up, if it was cut and has not come back. Any thread.
  ///
  /// @return whether it was: whoever calls then sees to the rest of the shard
  synchronized boolean giveUp() {
    if (over || !cut || givenUp) {
      return false;
    }
    givenUp = true;
    return true;
  }

  /// Whether it was cut short; its interpreter is of no more use then.
  synchronized boolean isCut() {
    return cut;
  }

  synchronized boolean isGivenUp() {
    return givenUp;
  }

  /// How it ended, where it was cut.
  synchronized ShardResult cutResult() {
    PythonError error = cause;
    return error == null
        ? new ShardResult.Interrupted()
        : new ShardResult.Failed(0, 0, List.of(error));
  }

  /// What it works on: a whole shard, or a part of one.
  Shard shard() {
    return shard;
  }

  Interpreter interpreter() {
    return interpreter;
  }

  AttemptOutput output() {
    return output;
  }

  /// How long it has taken, without the time it waited for whoever takes its output, in
  /// nanoseconds. Any thread.
  long activeNanos() {
    return System.nanoTime() - start - output.waitedNanos();
  }
}
