package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.Aside;
import org.pyparallel.job.Tiering;
import org.pyparallel.job.Tiering.Decision;

/// The decisions, on jobs whose times are computed: on each runtime a shard takes as long as told,
/// whoever runs it, and nobody waits for anybody.
class TierUpTest {
  private static final double OPENING = 1.3;
  private static final long UNITS = 1_000;

  private final List<String> notices = new ArrayList<>();
  private double now = 1;

  /// A job of equal shards.
  ///
  /// @param shards how many
  /// @param home CPU seconds of a shard at home
  /// @param there CPU seconds of a shard there, given the CPU seconds that its worker has used
  ///   there
  /// @param divisible whether shards are cut when their slice is over
  private record Job(
      int shards, double home, DoubleUnaryOperator there, int workers, boolean divisible) {
    double onlyHome() {
      return shards * home / workers;
    }

    double onlyThere() {
      double[] clocks = new double[workers];
      for (int i = 0; i < shards; i++) {
        int next = least(clocks);
        clocks[next] += there.applyAsDouble(clocks[next]);
      }
      return OPENING + clocks[most(clocks)];
    }
  }

  /// Code that is compiled bit by bit: it takes 8 times as long as at home when it is cold, and is
  /// warm after so many seconds.
  private static DoubleUnaryOperator warmingUp(double home, double gain, double seconds) {
    return cpu -> {
      double left = Math.max(0, 1 - cpu / seconds);
      return home * (left * left * 8 + 1 / gain);
    };
  }

  private static int least(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }

  private static int most(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static long nanos(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  /// What a job came to.
  private record Outcome(double wall, Tiering tiering) {}

  private Outcome run(Job job, boolean sized) {
    double[] clocks = new double[job.workers()];
    double[] cpu = new double[job.workers()];
    double[] elapsed = new double[1];
    TierUp tierUp =
        new TierUp(
            TierUp.Terms.USUAL,
            sized ? OptionalLong.of(job.shards() * UNITS) : OptionalLong.empty(),
            job.workers(),
            job.divisible(),
            Room.CROWDED,
            () -> nanos(elapsed[0]),
            notices::add);
    int begun = 0;
    long left = job.shards() * UNITS;
    while (left > 0) {
      int worker = least(clocks);
      elapsed[0] = clocks[worker];
      if (begun++ >= job.workers() && tierUp.wants(worker)) {
        clocks[worker] += OPENING;
        elapsed[0] = clocks[worker];
        tierUp.opened(worker, nanos(OPENING));
      }
      boolean there = tierUp.isThere(worker);
      double seconds = there ? job.there().applyAsDouble(cpu[worker]) : job.home();
      long units = Math.min(left, UNITS);
      if (job.divisible() && tierUp.isSliceOver(worker, nanos(seconds))) {
        units = Math.max(1, (long) (units * 0.75 / seconds));
        seconds = seconds * units / UNITS;
      }
      left -= units;
      clocks[worker] += seconds;
      cpu[worker] += there ? seconds : 0;
      elapsed[0] = clocks[worker];
      tierUp.ran(worker, there, units, nanos(seconds));
    }
    return new Outcome(clocks[most(clocks)], tierUp.report());
  }

  @Test
  void shortJobsStayWhereTheyAre() {
    Outcome outcome = run(new Job(80, 0.1, warmingUp(0.1, 20, 2), 2, true), true);

    assertThat(outcome.tiering().decision()).isEqualTo(Decision.NOT_TRIED);
    assertThat(notices).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 2",
    "8, 2, 2",
    "26, 2, 2",
    "26, 1, 1",
    "8, 2.5, 8",
    "26, 2, 8",
    "5, 3, 2",
    "2, 2, 2"
  })
  void hotJobsAreAboutAsFastAsOnTheFasterRuntimeAlone(double gain, double warm, int workers) {
    double total = 30.0 * workers;
    int shards = 64 * workers;
    double home = total / shards;
    Job job = new Job(shards, home, warmingUp(home, gain, warm), workers, true);

    Outcome outcome = run(job, true);

    assertThat(outcome.tiering().decision()).isEqualTo(Decision.MOVED);
    assertThat(outcome.tiering().graalpySpeed()).isGreaterThan(outcome.tiering().cpythonSpeed());
    // One goes ahead, and a job of many workers is over sooner.
    double most = workers > 2 ? 1.25 : 1.10;
    assertThat(outcome.wall()).isLessThan(most * Math.min(job.onlyThere(), job.onlyHome()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.5, 0.8, 1.0, 1.1})
  void jobsThatAreSlowerThereLoseATenthAtMost(double gain) {
    Job job = new Job(128, 60.0 / 128, warmingUp(60.0 / 128, gain, 2), 2, true);

    Outcome outcome = run(job, true);

    assertThat(outcome.tiering().decision()).isEqualTo(Decision.STAYED);
    assertThat(outcome.wall()).isLessThan(1.10 * job.onlyHome());
    assertThat(notices).singleElement().asString().startsWith("staying on cpython: ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 20})
  void shardsThatCannotBeDividedAreNoRisk(double gain) {
    Job job = new Job(256, 60.0 / 256, warmingUp(60.0 / 256, gain, 2), 2, false);

    Outcome outcome = run(job, true);

    assertThat(outcome.wall()).isLessThan(1.5 * Math.min(job.onlyHome(), job.onlyThere()));
  }

  @Test
  void largeShardsThatCannotBeDividedAreLeftAlone() {
    Job job = new Job(30, 2, warmingUp(2, 20, 2), 2, false);

    assertThat(run(job, true).tiering().decision()).isEqualTo(Decision.NOT_TRIED);
  }

  @Test
  void ofAStreamAsMuchIsExpectedAsCame() {
    Job job = new Job(600, 0.1, warmingUp(0.1, 20, 2), 2, true);

    Outcome outcome = run(job, false);

    assertThat(outcome.tiering().decision()).isEqualTo(Decision.MOVED);
    assertThat(outcome.tiering().decided().toSeconds()).isBetween(5L, 12L);
  }

  @Test
  void allMoveBackWhereItTurnsOutSlower() {
    // After 15 s there its code becomes slower than at home.
    Job job =
        new Job(
            3_000, 0.1, cpu -> cpu < 15 ? warmingUp(0.1, 5, 2).applyAsDouble(cpu) : 0.3, 2, true);

    Outcome outcome = run(job, true);

    assertThat(outcome.tiering().decision()).isEqualTo(Decision.MOVED_BACK);
    assertThat(notices).hasSize(2);
    assertThat(notices.getFirst()).startsWith("moving to graalpy: ").contains(" as fast there");
    assertThat(notices.getLast()).startsWith("moving back to cpython: ");
  }

  /// One that knows enough to begin: a hundredth of the job is done, in a second.
  private TierUp readyToTry(Room room) {
    TierUp tierUp =
        new TierUp(
            TierUp.Terms.USUAL,
            OptionalLong.of(100 * UNITS),
            2,
            true,
            room,
            () -> nanos(now),
            notices::add);
    tierUp.ran(0, false, UNITS, nanos(1));
    return tierUp;
  }

  /// The second worker, which waits for the first one.
  private static Thread givesWay(TierUp tierUp) {
    HeadStart ahead = tierUp.giveWay(1);
    Thread waiting = Thread.ofPlatform().daemon().start(ahead::await);
    Aside.await(waiting, Thread.State.TIMED_WAITING);
    return waiting;
  }

  private static void assertWaits(Thread waiting) throws InterruptedException {
    waiting.join(100);
    assertThat(waiting.isAlive()).isTrue();
  }

  private static void assertGoesOn(Thread waiting) throws InterruptedException {
    waiting.join(TimeUnit.SECONDS.toMillis(2));
    assertThat(waiting.isAlive()).isFalse();
  }

  @Test
  void whoCannotRunTheScriptIsNotAskedAgain() {
    TierUp tierUp = readyToTry(Room.CROWDED);
    assertThat(tierUp.wants(0)).isTrue();
    assertThat(tierUp.wants(1)).isFalse();

    tierUp.refuse("no module named numpy");

    assertThat(tierUp.wants(0)).isFalse();
    assertThat(tierUp.isThere(0)).isFalse();
    assertThat(tierUp.isDone(0)).isTrue();
    assertThat(tierUp.report().decision()).isEqualTo(Decision.REFUSED);
    assertThat(notices).containsExactly("staying on cpython: no module named numpy");
  }

  @Test
  void isNotTriedWhileMuchOfTheTimeGoesIntoC() {
    TierUp tierUp = readyToTry(Room.CROWDED);
    assertThat(tierUp.sampled(86)).isTrue();

    assertThat(tierUp.wants(0)).isFalse();
    assertThat(tierUp.wants(1)).isFalse();
    assertThat(tierUp.report().decision()).isEqualTo(Decision.STAYED);
    assertThat(notices)
        .containsExactly("staying on cpython: 86 % of the time goes into functions written in C");

    for (int i = 0; i < 5; i++) {
      tierUp.sampled(0);
    }
    assertThat(tierUp.wants(0)).isTrue();
    assertThat(tierUp.sampled(0)).isFalse();
    assertThat(notices).hasSize(1);
  }

  @Test
  void oneWorkerGivesWayToTheFirstThatGoes() {
    TierUp tierUp = readyToTry(Room.CROWDED);
    assertThat(tierUp.giveWay(1)).isNull();

    tierUp.wants(0);

    assertThat(tierUp.giveWay(0)).isNull();
    assertThat(tierUp.giveWay(1)).isNotNull();
    assertThat(tierUp.giveWay(1)).isNull();
  }

  @Test
  void whoeverGaveWayGoesOnWhenItIsClearThatNobodyGoes() throws InterruptedException {
    TierUp tierUp = readyToTry(Room.CROWDED);
    tierUp.wants(0);
    Thread waiting = givesWay(tierUp);

    tierUp.refuse("no module named numpy");

    assertGoesOn(waiting);
  }

  @Test
  void nobodyGivesWayWhereThereAreProcessorsToSpare() {
    TierUp tierUp = readyToTry(Room.PLENTY);

    tierUp.wants(0);

    assertThat(tierUp.giveWay(1)).isNull();
  }

  @Test
  void shardsAtHomeAreDividedOnceTheirWorkersMayFollow() {
    TierUp tierUp = readyToTry(Room.CROWDED);
    assertThat(tierUp.isSliceOver(1, nanos(10))).isFalse();
    tierUp.wants(0);
    tierUp.opened(0, nanos(1));
    assertThat(tierUp.isSliceOver(1, nanos(10))).isFalse();

    tierUp.ran(0, true, 3 * UNITS, nanos(0.1));

    assertThat(tierUp.report().decision()).isEqualTo(Decision.MOVED);
    assertThat(tierUp.isSliceOver(1, 0)).isTrue();
    assertThat(tierUp.wants(1)).isTrue();
  }

  @Test
  void whoeverGaveWayWaitsOnWhereProcessorsAreFew() throws InterruptedException {
    TierUp tierUp = readyToTry(Room.NARROW);
    tierUp.wants(0);
    Thread waiting = givesWay(tierUp);
    tierUp.opened(0, nanos(1));

    tierUp.ran(0, true, 3 * UNITS, nanos(0.1));

    assertThat(tierUp.report().decision()).isEqualTo(Decision.MOVED);
    assertThat(tierUp.wants(1)).isFalse();
    assertWaits(waiting);
    tierUp.end();
    assertGoesOn(waiting);
  }

  @Test
  void whoeverGaveWayGoesOnWhereItIsOnlySomewhatFasterThere() throws InterruptedException {
    TierUp tierUp = readyToTry(Room.NARROW);
    tierUp.wants(0);
    Thread waiting = givesWay(tierUp);
    tierUp.opened(0, nanos(1));

    for (int i = 0; i < 5; i++) {
      now += 0.6;
      tierUp.ran(0, true, UNITS, nanos(0.6));
    }

    assertThat(tierUp.report().decision()).isEqualTo(Decision.MOVED);
    assertGoesOn(waiting);
  }

  @Test
  void whoeverWentOnGivesWayAgainOnceItIsClearThatItIsFasterThere() throws InterruptedException {
    TierUp tierUp = readyToTry(Room.NARROW);
    tierUp.wants(0);
    assertThat(tierUp.giveWay(1)).isNotNull();
    tierUp.opened(0, nanos(1));
    assertThat(tierUp.giveWay(1)).isNull();

    tierUp.ran(0, true, 3 * UNITS, nanos(0.1));

    Thread waiting = givesWay(tierUp);
    tierUp.ran(0, true, 3 * UNITS, nanos(0.1));
    assertThat(tierUp.giveWay(1)).isNull();
    tierUp.end();
    assertGoesOn(waiting);
  }

  @Test
  void whoeverGivesWayWaitsTheLongerTheSlowerTheMachineIs() throws InterruptedException {
    TierUp tierUp = readyToTry(Room.NARROW);
    tierUp.wants(0);
    Thread waiting = givesWay(tierUp);
    now += 1;
    tierUp.opened(0, nanos(3600));
    now += 3600;
    assertWaits(waiting);
    now += 3600;
    tierUp.end();
    assertGoesOn(waiting);
  }
}
