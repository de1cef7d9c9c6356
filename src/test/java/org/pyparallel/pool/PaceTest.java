package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now;
  private final Pace pace = new Pace(() -> now);

  private void ran(long units, long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    pace.ran(units);
  }

  @Test
  void hasSettledOnceItBecomesNoFaster() {
    now = TimeUnit.SECONDS.toNanos(3);
    pace.opened(TimeUnit.SECONDS.toNanos(1));
    ran(10, 1_000);
    ran(10, 700);
    ran(100, 200);
    ran(100, 200);
    ran(100, 200);
    assertThat(pace.isSettled()).isFalse();
    assertThat(pace.costSeconds()).isZero();

    ran(110, 200);

    assertThat(pace.isSettled()).isTrue();
    assertThat(pace.costSeconds()).isEqualTo(2.7);
    assertThat(pace.seconds(1_100)).isEqualTo(2);
  }

  @Test
  void whatTakesNoTimeIsLookedAtTogether() {
    pace.opened(0);
    for (int i = 0; i < 100; i++) {
      ran(1, 1);
    }

    assertThat(pace.isSettled()).isFalse();
    assertThat(pace.seconds(1)).isInfinite();
  }

  @Test
  void howLongItTakesFollowsItsSpeedOfLate() {
    pace.opened(0);
    ran(100, 200);
    ran(100, 200);
    ran(100, 200);
    ran(100, 200);

    ran(10, 200);

    assertThat(pace.isSettled()).isTrue();
    assertThat(pace.seconds(100)).isEqualTo(2);
  }
}
