package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ReduceStep.Side;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.interpreter.TakenBytes;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Combines what the shards of a run leave into one value, in an order that depends on the number
/// of shards alone: neither on how many workers there are, nor on who is faster.
///
/// The shards' partial results are the leaves of a binary tree over their numbers; a node of it
/// combines the two below. A worker that has finished a node looks for its sibling: who comes first
/// has the node taken out of its interpreter and leaves it here, the other one combines the two and
/// goes on one level up. So a worker waits only for what is being taken out at that moment, and
/// what is held is at most one node per level for every gap between the shards that have completed.
/// The nodes without a sibling that are left at the end are combined from right to left.
///
/// Partial results that can be combined in any order stay out of the tree, where their nodes are
/// empty: see [Keeping].
///
/// One lock guards everything; it is not held while an interpreter works.
final class Reduction {
  /// So many bytes of shards taken from the journal may wait for whoever ends the reduction.
  private static final long MOST_WAITING = 32 << 20;

  private final Tally tally;
  private final Keeping keeping;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Node, Deposit> deposits = new HashMap<>();
  private long shards;
  private long waiting;

  // Who is there, so that one who has an interpreter ends the reduction.
  private int underWay;
  private int interpreters;
  private boolean ending;
  private boolean stopped;

  Reduction(RunPlan plan, Tally tally) {
    this.tally = tally;
    this.keeping = new Keeping(plan);
  }

  /// Stands for `2^level` shards, of which `index * 2^level` is the first.
  private record Node(int level, long index) {
    Node sibling() {
      return new Node(level, index ^ 1);
    }

    Node parent() {
      return new Node(level + 1, index >> 1);
    }

    /// Where the sibling stands.
    Side side() {
      return (index & 1) == 0 ? Side.LATER : Side.EARLIER;
    }

    Span span() {
      return new Span(index << level, ((index + 1) << level) - 1);
    }
  }

  /// Shards from the first to the last.
  private record Span(long first, long last) {
    Span with(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    @Override
    public String toString() {
      return first == last ? "shard " + first : "shards " + first + " to " + last;
    }
  }

  /// What was taken out of an interpreter, or is just being; empty where there were no results.
  private static final class Deposit {
    private @Nullable ByteBuffer taken;
  }

  // ---- who is there -------------------------------------------------------------------------

  /// A worker is about to ask for a shard.
  void enter() {
    change(1, 0);
  }

  /// A worker that got a shard has opened its interpreter.
  void opened() {
    change(0, 1);
  }

  /// A worker that entered is done with its shard.
  void done() {
    change(-1, 0);
  }

  private void change(int moreUnderWay, int moreInterpreters) {
    lock.lock();
    try {
      underWay += moreUnderWay;
      interpreters += moreInterpreters;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A worker that entered got no shard, and is about to leave: what its interpreter keeps goes to
  /// the one that ends the reduction, unless that is itself. The interpreter's owner.
  void handIn(Interpreter interpreter) {
    if (!isAlone()) {
      keeping.handIn(interpreter);
    }
  }

  private boolean isAlone() {
    lock.lock();
    try {
      return underWay == 1 && interpreters == 1;
    } finally {
      lock.unlock();
    }
  }

  /// A worker that entered got no shard, and leaves.
  ///
  /// @param open whether it has an interpreter
  /// @return whether it must call [#write] first: it is the last that can, or there were no shards
  boolean leave(boolean open) {
    done();
    lock.lock();
    try {
      // Those under way may have no interpreter and get no shard: then this one is needed.
      while (open && interpreters == 1 && underWay > 0 && !stopped) {
        changed.awaitUninterruptibly();
      }
      boolean last = underWay == 0 && interpreters == (open ? 1 : 0);
      if (open) {
        interpreters--;
      }
      if (!last || ending || stopped) {
        return false;
      }
      ending = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The run is stopped: nobody waits for the others any more.
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- the tree -----------------------------------------------------------------------------

  /// Takes up what a shard left in an interpreter; the owner's thread.
  void add(Shard shard, Interpreter interpreter) {
    boolean empty = keeping.keep(shard.index(), interpreter);
    climb(new Node(0, shard.index()), interpreter, empty);
  }

  /// @param empty whether the interpreter is known to hold nothing
  private void climb(Node from, Interpreter interpreter, boolean empty) {
    Node node = from;
    boolean nothing = empty;
    while (true) {
      Deposit mine = new Deposit();
      if (nothing) {
        mine.taken = TakenBytes.NOTHING;
      }
      ByteBuffer other = siblingOrDeposit(node, mine);
      if (other == null) {
        if (!nothing) {
          take(node, interpreter, mine);
        }
        return;
      }
      nothing &= !other.hasRemaining();
      Node sibling = node.sibling();
      combine(interpreter, node.span(), sibling.span(), node.side(), other);
      node = node.parent();
    }
  }

  /// Takes what a shard left out of an interpreter; the owner's thread.
  ///
  /// @return what is then to be added; null where it cannot be taken out, which is told
  @Nullable ByteBuffer take(Shard shard, Interpreter interpreter) {
    TakenBytes output = new TakenBytes();
    ShardResult result = interpreter.reduce(new ReduceStep.Take(), output);
    tell(result, new Node(0, shard.index()).span());
    return result instanceof ShardResult.Finished ? output.bytes() : null;
  }

  /// Takes up what a shard left and was taken out; the thread of the interpreter's owner.
  ///
  /// @param interpreter holds nothing
  void add(Shard shard, ByteBuffer taken, Interpreter interpreter) {
    Node node = new Node(0, shard.index());
    Deposit mine = new Deposit();
    mine.taken = taken;
    ByteBuffer other = siblingOrDeposit(node, mine);
    if (other != null) {
      Node sibling = node.sibling();
      combine(interpreter, node.span(), node.span(), Side.LATER, taken);
      combine(interpreter, node.span(), sibling.span(), node.side(), other);
      climb(node.parent(), interpreter, false);
    }
  }

  /// Takes up what a shard left that was taken out, without an interpreter: two such nodes wait
  /// side by side until the end, unless too much does.
  ///
  /// @return whether it was taken up; else [#add] does it
  boolean deposit(Shard shard, ByteBuffer taken) {
    Node node = new Node(0, shard.index());
    lock.lock();
    try {
      if (deposits.containsKey(node.sibling())) {
        if (waiting + taken.remaining() > MOST_WAITING) {
          return false;
        }
        waiting += taken.remaining();
      }
      Deposit mine = new Deposit();
      mine.taken = taken;
      shards = Math.max(shards, node.index() + 1);
      deposits.put(node, mine);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// What the sibling left, or null where `mine` was put down for it.
  private @Nullable ByteBuffer siblingOrDeposit(Node node, Deposit mine) {
    lock.lock();
    try {
      if (node.level() == 0) {
        shards = Math.max(shards, node.index() + 1);
      }
      Deposit sibling = deposits.remove(node.sibling());
      if (sibling == null) {
        deposits.put(node, mine);
        return null;
      }
      while (sibling.taken == null) {
        changed.awaitUninterruptibly();
      }
      return sibling.taken;
    } finally {
      lock.unlock();
    }
  }

  private void take(Node node, Interpreter interpreter, Deposit deposit) {
    ByteBuffer taken = TakenBytes.NOTHING;
    try {
      TakenBytes output = new TakenBytes();
      ShardResult result = interpreter.reduce(new ReduceStep.Take(), output);
      taken = output.bytes();
      tell(result, node.span());
    } finally {
      lock.lock();
      try {
        deposit.taken = taken;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void combine(Interpreter interpreter, Span own, Span other, Side side, ByteBuffer taken) {
    if (!taken.hasRemaining()) {
      return;
    }
    Span earlier = side == Side.EARLIER ? other : own;
    Span later = side == Side.EARLIER ? own : other;
    ReduceStep step = new ReduceStep.Combine(taken, side, earlier + " and " + later);
    tell(interpreter.reduce(step, _ -> true), later);
  }

  private void tell(ShardResult result, Span place) {
    for (PythonError error : result.errors()) {
      Shard shard =
          new Shard(place.first(), "<reduce>", 0, -1, new ShardData.Bytes(TakenBytes.NOTHING));
      tally.reductionFailed(new RunEvent.Failure(shard, -1, error, 0));
    }
  }

  /// The number of shards there were.
  long shards() {
    lock.lock();
    try {
      return shards;
    } finally {
      lock.unlock();
    }
  }

  /// Combines what is left, and writes the result; the owner's thread, after [#leave] told it to.
  void write(Interpreter interpreter, ShardOutput output) {
    pairUp(interpreter);
    Span done = null;
    for (Map.Entry<Node, Deposit> left : rightToLeft()) {
      Span span = left.getKey().span();
      ByteBuffer taken = Objects.requireNonNull(left.getValue().taken);
      combine(interpreter, done == null ? span : done, span, Side.EARLIER, taken);
      done = done == null ? span : done.with(span);
    }
    keeping.end(interpreter);
    tell(interpreter.reduce(new ReduceStep.Write(), output), new Span(0, shards() - 1));
  }

  /// Combines nodes that wait side by side, and what comes of them, the lowest ones first.
  private void pairUp(Interpreter interpreter) {
    Node node;
    while ((node = lowestEarlier()) != null) {
      Deposit earlier = Objects.requireNonNull(deposits.remove(node));
      Deposit later = Objects.requireNonNull(deposits.remove(node.sibling()));
      Span span = node.span();
      combine(interpreter, span, span, Side.LATER, Objects.requireNonNull(earlier.taken));
      combine(
          interpreter,
          span,
          node.sibling().span(),
          Side.LATER,
          Objects.requireNonNull(later.taken));
      Deposit both = new Deposit();
      deposits.put(node.parent(), both);
      take(node.parent(), interpreter, both);
    }
  }

  /// The earlier one of two nodes that wait side by side; null where there are none.
  private @Nullable Node lowestEarlier() {
    Node lowest = null;
    for (Node node : deposits.keySet()) {
      boolean paired = node.side() == Side.LATER && deposits.containsKey(node.sibling());
      if (paired && (lowest == null || node.level() < lowest.level())) {
        lowest = node;
      }
    }
    return lowest;
  }

  /// All that is left; smaller nodes stand further to the right.
  private List<Map.Entry<Node, Deposit>> rightToLeft() {
    lock.lock();
    try {
      List<Map.Entry<Node, Deposit>> left = new ArrayList<>(deposits.entrySet());
      deposits.clear();
      left.sort((a, b) -> Integer.compare(a.getKey().level(), b.getKey().level()));
      return left;
    } finally {
      lock.unlock();
    }
  }
}
