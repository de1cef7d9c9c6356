package org.pyparallel.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Tiering;
import org.pyparallel.job.Tiering.Decision;

/// Decides which workers run their shards on a runtime that compiles hot code, and when.
///
/// A run begins at home, on a runtime that starts at once. When enough is left to do, one worker
/// opens an interpreter on the faster runtime and goes on with its shards there, while the others
/// go on at home; but one of them gives way until it is warm, where there is no processor to spare.
/// Its first shards are slow: it is given some CPU time to get ahead of what they do. If it does,
/// the others follow where that still pays; if not, it goes back. A worker that has moved, and
/// slows down, runs a shard at home to compare.
///
/// What is compared is how much of the input is worked through per second of CPU time. No shard
/// runs twice for it. Parts that are given away, so that no shard takes too long on code that is
/// not compiled yet, are taken up by the same worker, wherever it is by then.
///
/// Safe for use by several threads; no method waits.
final class TierUp {
  /// From when on it pays.
  ///
  /// @param earliestNanos how long the run goes on before it is thought of
  /// @param enoughNanos how much CPU time makes a speed known
  /// @param worthwhileSeconds how much CPU time must be left at home: opening the interpreter alone
  ///   takes one or two seconds
  /// @param leastBudgetNanos how long a worker may take at least to get ahead
  /// @param sliceNanos how long a shard may run there before it is divided, while the worker is not
  ///   ahead yet
  record Terms(
      long earliestNanos,
      long enoughNanos,
      double worthwhileSeconds,
      long leastBudgetNanos,
      long sliceNanos) {
    static final Terms USUAL =
        new Terms(200 * MILLISECOND, 150 * MILLISECOND, 20, 4_000 * MILLISECOND, 700 * MILLISECOND);
  }

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long HOME_WINDOW_NANOS = 500 * MILLISECOND;

  /// How much longer a shard may take before its code is compiled, and how much of the time that is
  /// left may be lost with one that cannot be divided.
  private static final double COLD = 10;

  private static final double RISK = 0.2;

  /// How long a worker may take to get ahead: a share of the job's time, within bounds. It is not
  /// measured in the worker's CPU time, since compilers take as much from the others.
  private static final double BUDGET = 0.05;

  /// How many times as long as opening the interpreter took: that tells how slow the machine is.
  private static final double OPENINGS = 2.2;

  private static final long MOST_BUDGET_NANOS = TimeUnit.SECONDS.toNanos(15);

  /// How much faster is worth moving, and how much slower is worth comparing.
  private static final double FASTER = 1.25;

  private static final double SLOWER = 0.9;

  /// How much faster needs less time to be believed.
  private static final double PLAINLY_FASTER = 4;

  /// How fast it must be to be given more time.
  private static final double HOPEFUL = 0.5;

  private static final double MORE = 1.3;

  /// Nothing can be said of a worker that has run fewer shards there: the first one alone may take
  /// longer than all others, until its code is compiled.
  private static final long FEW_SHARDS = 2;

  private final Terms terms;
  private final int workers;
  private final boolean divisible;
  private final LongSupplier clock;
  private final Consumer<String> notices;

  // Guarded by this.
  private final Map<Integer, Lane> lanes = new HashMap<>();
  private final Speed home = new Speed(HOME_WINDOW_NANOS);
  private final NativeShare nativeShare = new NativeShare();
  private final RightOfWay way;
  private final Backlog backlog;
  private long homeNanos;
  private long fasterShards;
  private int moved;
  private boolean begun;
  private boolean proven;
  private boolean over;
  private long openingNanos;
  private double costSeconds;
  private double best;
  private Decision decision = Decision.NOT_TRIED;
  private String reason = "too little was left to do";
  private @Nullable Duration decided;

  /// @param total how much there is to work through, where that is known
  /// @param workers how many there are at most
  /// @param divisible whether a shard may be divided while it is worked on
  /// @param room what is left of the machine beside the workers
  /// @param clock nanoseconds since the run began
  /// @param notices told in words for users what is decided; called under the lock
  TierUp(
      Terms terms,
      OptionalLong total,
      int workers,
      boolean divisible,
      Room room,
      LongSupplier clock,
      Consumer<String> notices) {
    this.terms = terms;
    this.backlog = new Backlog(total);
    this.workers = workers;
    this.divisible = divisible;
    this.way = new RightOfWay(room, clock);
    this.clock = clock;
    this.notices = notices;
  }

  private Lane lane(int worker) {
    Lane lane = lanes.get(worker);
    if (lane == null) {
      lane = new Lane();
      lanes.put(worker, lane);
    }
    return lane;
  }

  // ---- what workers ask -----------------------------------------------------------------------

  /// Whether a worker, which is between two shards, is to open an interpreter on the faster runtime
  /// now. It then tells of that by [#opened] or [#refuse].
  synchronized boolean wants(int worker) {
    if (over || lane(worker).state() != Lane.State.HOME) {
      return false;
    }
    if (begun ? !proven || !isWorthFollowing() : !isWorthTrying() || isHopeless()) {
      return false;
    }
    if (!begun) {
      begun = true;
      way.begin();
    }
    lane(worker).become(Lane.State.OPENING);
    return true;
  }

  /// What a worker, which is between two shards, waits for before the next one; null for nothing.
  synchronized @Nullable HeadStart giveWay(int worker) {
    return lane(worker).state() == Lane.State.HOME ? way.give() : null;
  }

  /// Nobody waits any more.
  synchronized void end() {
    way.end();
  }

  /// Whether a worker's next shard runs on the faster runtime.
  synchronized boolean isThere(int worker) {
    return !over && lane(worker).isThere();
  }

  /// Whether a worker will never go, or go again, to the faster runtime.
  synchronized boolean isDone(int worker) {
    return over || lane(worker).state() == Lane.State.BACK;
  }

  /// Whether a shard that a worker has been at for so long is to be divided: so that it can be
  /// decided where the rest of it runs, or since it runs on the faster runtime.
  synchronized boolean isSliceOver(int worker, long nanos) {
    return switch (lane(worker).state()) {
      case TRYING -> nanos > terms.sliceNanos();
      case HOME -> proven && !over && isWorthFollowing();
      default -> false;
    };
  }

  /// A worker takes a part of its own shard up itself, when it is done with the first part.
  synchronized void owe(int worker, TailExchange.Tail tail) {
    lane(worker).owe(tail);
  }

  /// The next part that a worker has put off, in the order of the input; null for none. It is that
  /// of a worker's number: whoever takes its place takes these up as well.
  synchronized TailExchange.@Nullable Tail takeOwed(int worker) {
    return lane(worker).takeOwed();
  }

  // ---- what workers tell ----------------------------------------------------------------------

  /// A worker has opened its interpreter on the faster runtime.
  synchronized void opened(int worker, long nanos) {
    way.opened(nanos);
    openingNanos = nanos;
    costSeconds = Math.max(costSeconds, seconds(nanos));
    lane(worker).opened(clock.getAsLong());
    if (!proven) {
      decision = Decision.STAYED;
      reason = "the run ended before it was clear which is faster";
    }
  }

  /// The faster runtime cannot be used for this job. All workers stay, or go back, home.
  ///
  /// @param why one line
  synchronized void refuse(String why) {
    if (!over) {
      over = true;
      way.end();
      decide(Decision.REFUSED, why);
    }
  }

  /// A shard, or a part of one, was worked through to its end.
  ///
  /// @param faster whether on the faster runtime
  /// @param units how much of the input it is
  /// @param nanos CPU time
  synchronized void ran(int worker, boolean faster, long units, long nanos) {
    backlog.ran(units);
    Lane lane = lane(worker);
    if (!faster) {
      homeNanos += nanos;
      if (lane.state() == Lane.State.COMPARING) {
        home.clear();
        home.add(units, nanos);
        compare(lane);
      } else {
        home.add(units, nanos);
      }
      return;
    }
    fasterShards++;
    long budget = budgetNanos();
    lane.ran(units, nanos, budget / 2);
    way.ran(units);
    best = Math.max(best, lane.speed().isKnown() ? lane.speed().perSecond() : 0);
    if (lane.state() == Lane.State.TRYING) {
      judge(lane, budget);
    } else if (lane.state() == Lane.State.MOVED && lane.speed().isKnown() && gain(lane) < SLOWER) {
      lane.become(Lane.State.COMPARING);
    }
    if (proven) {
      way.proven(gain(lane), backlog.left());
    }
  }

  /// A worker has learned how much of its time at home goes into functions written in C, in
  /// percent.
  ///
  /// @return whether that is still of interest
  synchronized boolean sampled(int percent) {
    nativeShare.add(percent);
    return !begun && !over;
  }

  // ---- what follows ---------------------------------------------------------------------------

  private double gain(Lane lane) {
    double here = home.perSecond();
    return here == 0 ? 0 : lane.speed().perSecond() / here;
  }

  /// A worker that is new there: is it ahead, or is its time over?
  private void judge(Lane lane, long budget) {
    double gain = gain(lane);
    long enough = terms.enoughNanos() / (gain >= PLAINLY_FASTER ? 8 : 2);
    if (gain >= FASTER && lane.speed().nanos() >= enough) {
      lane.become(Lane.State.MOVED);
      moved++;
      if (!proven) {
        proven = true;
        costSeconds += seconds(lane.cpu());
        decide(Decision.MOVED, times(gain) + " as fast there");
      }
    } else if (isOver(lane, gain, budget)) {
      lane.become(Lane.State.BACK);
      if (!proven) {
        over = true;
        way.end();
        decide(Decision.STAYED, times(gain) + " as fast there");
      }
    }
  }

  /// Whether there is no hope left: its time is over, which is longer while its code still becomes
  /// faster. How slow it is by then says nothing: code is as slow as ever until it is compiled.
  private boolean isOver(Lane lane, double gain, long budget) {
    if (gain >= FASTER || lane.shards() < FEW_SHARDS) {
      return false;
    }
    boolean promising = gain >= HOPEFUL && lane.isRising();
    return clock.getAsLong() - lane.openedNanos() >= (promising ? MORE : 1) * budget;
  }

  /// A worker that had slowed down has run a shard at home.
  private void compare(Lane lane) {
    double gain = gain(lane);
    if (gain >= SLOWER) {
      lane.become(Lane.State.MOVED); // it is the input that has changed, for both
      return;
    }
    lane.become(Lane.State.BACK);
    moved--;
    if (moved == 0) {
      over = true;
      way.end();
      decide(Decision.MOVED_BACK, "in the end only " + times(gain) + " as fast there");
    }
  }

  private void decide(Decision what, String why) {
    decision = what;
    reason = why;
    decided = Duration.ofNanos(clock.getAsLong());
    notices.accept(report().text());
  }

  /// Whether it is not tried as long as so much of the time is not spent in Python.
  private boolean isHopeless() {
    boolean hopeless = nativeShare.isTooMuch();
    if (hopeless && decision == Decision.NOT_TRIED) {
      String why = nativeShare.percent() + " % of the time goes into functions written in C";
      decide(Decision.STAYED, why);
    }
    return hopeless;
  }

  private boolean isWorthTrying() {
    if (clock.getAsLong() < terms.earliestNanos() || home.nanos() < terms.enoughNanos()) {
      return false;
    }
    double left = backlog.left() / home.perSecond();
    double shard = seconds(home.perShard());
    return left >= terms.worthwhileSeconds()
        && (divisible || shard * COLD <= RISK * left / workers);
  }

  private boolean isWorthFollowing() {
    double together = moved * best + Math.max(0, workers - moved) * home.perSecond();
    return backlog.left() / together > HeadStart.WORTH * costSeconds
        && way.mayFollow(backlog.left());
  }

  private long budgetNanos() {
    double all = homeNanos + TimeUnit.SECONDS.toNanos(1) * backlog.left() / home.perSecond();
    double share = Math.max(BUDGET * all / workers, OPENINGS * openingNanos);
    return Math.clamp((long) share, terms.leastBudgetNanos(), MOST_BUDGET_NANOS);
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /// A factor in words, with two digits that mean something.
  private static String times(double factor) {
    if (factor >= 10) {
      return Math.round(factor) + " times";
    }
    long digits = factor >= 1 ? 10 : 100;
    long scaled = Math.round(factor * digits);
    String rest = Long.toString(digits + scaled % digits).substring(1);
    return scaled / digits + "." + rest + " times";
  }

  /// What was decided so far.
  synchronized Tiering report() {
    return new Tiering(decision, reason, decided, home.perSecond(), best, fasterShards);
  }
}
