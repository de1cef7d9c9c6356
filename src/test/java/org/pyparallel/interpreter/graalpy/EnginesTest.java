package org.pyparallel.interpreter.graalpy;

import static org.assertj.core.api.Assertions.assertThat;

import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Test;

class EnginesTest {
  private static final int MORE_THAN_PROCESSORS = 10_000;

  @Test
  void aSingleWorkerHasAnEngineOfItsOwn() {
    try (var engines = new Engines()) {
      Engine first = engines.acquire(1);

      assertThat(engines.acquire(1)).isNotSameAs(first);
    }
  }

  @Test
  void moreWorkersThanProcessorsShareOneThatOutlivesEachOfThem() {
    try (var engines = new Engines()) {
      Engine first = engines.acquire(MORE_THAN_PROCESSORS);
      engines.release(first);

      assertThat(engines.acquire(MORE_THAN_PROCESSORS)).isSameAs(first);
      assertThat(first.getLanguages()).containsKey("python");
    }
  }
}
