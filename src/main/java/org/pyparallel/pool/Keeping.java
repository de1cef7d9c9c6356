package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.TakenBytes;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.ShardResult;

/// What a reduction need not combine in a certain order ([ReduceStep.Keep]): it stays in the
/// interpreters until the end, or is handed in at once by those that cannot be trusted with it.
///
/// Whether a shard's result is kept is to depend on that result alone. So either all interpreters
/// of a run are asked, or none: not where any of them may be closed, or stopped, with more to come,
/// for its age or size or because a shard takes too long or is not wanted any more; nor where each
/// result is written to a journal; nor with processes, none of which could be trusted.
///
/// Any thread; an interpreter's steps are its owner's.
final class Keeping {
  /// So many bytes that were handed in may wait; then they are put together.
  static final long MOST_WAITING = 32 << 20;

  // Guarded by this.
  private final Set<Interpreter> keepers = new HashSet<>();
  private final List<ByteBuffer> handedIn = new ArrayList<>();
  private long waiting;

  /// False where nothing is to be kept, or the reduction turned out to have nothing of that kind.
  private volatile boolean possible;

  Keeping(RunPlan plan) {
    this.possible =
        plan.runtime() != RuntimeName.PROCESS
            && plan.python().sandbox().isEmpty()
            && lets(plan.safeguards());
  }

  private static boolean lets(Safeguards safeguards) {
    Limits limits = safeguards.limits();
    Recovery recovery = safeguards.recovery();
    return limits.shard().isEmpty()
        && limits.run().isEmpty()
        && limits.memoryBytes().isEmpty()
        && limits.lifespan().isEmpty()
        && recovery.halt().isEmpty()
        && !recovery.looksInto()
        && safeguards.journal().isEmpty();
  }

  /// Keeps what a shard left in an interpreter.
  ///
  /// @return whether it is kept, or was nothing; then the interpreter holds no partial result
  boolean keep(long shard, Interpreter interpreter) {
    if (!possible) {
      return false;
    }
    TakenBytes sent = new TakenBytes();
    interpreter.reduce(new ReduceStep.Keep(shard), sent);
    String answer = US_ASCII.decode(sent.bytes()).toString();
    if (answer.isEmpty()) {
      return true;
    }
    if (answer.equals(ReduceStep.NEVER)) {
      possible = false;
    }
    if (!answer.equals(ReduceStep.KEPT)) {
      return false;
    }
    synchronized (this) {
      keepers.add(interpreter);
    }
    if (!interpreter.keepsPartials()) {
      handIn(interpreter);
      if (isTooMuch()) {
        receive(interpreter);
        handIn(interpreter);
      }
    }
    return true;
  }

  private synchronized boolean isTooMuch() {
    return waiting > MOST_WAITING;
  }

  /// Has an interpreter hand in what it keeps, if anything.
  ///
  /// @throws RuntimeFailed where it has lost that
  void handIn(Interpreter interpreter) {
    synchronized (this) {
      if (!keepers.remove(interpreter)) {
        return;
      }
    }
    TakenBytes sent = new TakenBytes();
    ShardResult result = interpreter.reduce(new ReduceStep.HandIn(), sent);
    if (result instanceof ShardResult.Interrupted) {
      return; // the run is at its end
    }
    ByteBuffer bytes = sent.bytes();
    if (!bytes.hasRemaining()) {
      throw lost(result.errors().isEmpty() ? "" : ": " + result.errors().getFirst().message());
    }
    synchronized (this) {
      handedIn.add(bytes);
      waiting += bytes.remaining();
    }
  }

  /// Gives an interpreter all that was handed in.
  private void receive(Interpreter interpreter) {
    List<ByteBuffer> received;
    synchronized (this) {
      received = List.copyOf(handedIn);
      handedIn.clear();
      waiting = 0;
      keepers.add(interpreter);
    }
    for (ByteBuffer bytes : received) {
      interpreter.reduce(new ReduceStep.Receive(bytes), _ -> true);
    }
  }

  /// Gives the interpreter that is about to write the result all that others kept, which have all
  /// handed it in.
  ///
  /// @throws RuntimeFailed where some have not
  void end(Interpreter writer) {
    receive(writer);
    synchronized (this) {
      keepers.remove(writer);
      if (!keepers.isEmpty()) {
        throw lost("");
      }
    }
  }

  private static RuntimeFailed lost(String reason) {
    return new RuntimeFailed(
        "results that were being reduced are lost with an interpreter" + reason);
  }
}
