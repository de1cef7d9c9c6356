package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;
import sun.misc.SignalHandler;

@Timeout(20)
class SignalHandlersTest {
  private static final long NEVER = 1_000_000;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Test
  void firstSignalStopsAndSecondEndsAtOnce() throws InterruptedException {
    try (SignalHandlers signals = handlers(NEVER)) {
      signals.install();
      assertThat(signals.received()).isNull();

      Signal.raise(new Signal("TERM"));
      assertThat(next()).isEqualTo("stop");
      assertThat(signals.received()).isEqualTo(StopSignal.TERM);

      Signal.raise(new Signal("INT"));
      assertThat(List.of(next(), next())).containsExactly("clean up", "halt 130");
      assertThat(signals.received()).isEqualTo(StopSignal.TERM);
    }
  }

  @Test
  void runThatDoesNotStopIsEndedAfterTheGraceTime() throws InterruptedException {
    try (SignalHandlers signals = handlers(50)) {
      signals.install();

      Signal.raise(new Signal("TERM"));

      assertThat(List.of(next(), next(), next()))
          .containsExactlyInAnyOrder("stop", "clean up", "halt 143");
    }
  }

  @Test
  void runThatStopsInTimeIsNotEnded() throws InterruptedException {
    try (SignalHandlers signals = handlers(300)) {
      signals.install();
      Signal.raise(new Signal("INT"));
      assertThat(next()).isEqualTo("stop");
    }

    assertThat(events.poll(600, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void cleaningUpThatHangsDoesNotKeepTheProcess() throws InterruptedException {
    Runnable hang =
        () -> {
          try {
            Thread.sleep(NEVER);
          } catch (InterruptedException _) {
            // the test is over
          }
        };
    try (SignalHandlers signals =
        new SignalHandlers(() -> {}, hang, code -> events.add("halt " + code), 1)) {
      signals.install();
      Signal.raise(new Signal("INT"));
      assertThat(next()).isEqualTo("halt 130");
    }
  }

  @Test
  void previousHandlersComeBack() throws InterruptedException {
    SignalHandler mine = _ -> events.add("mine");
    SignalHandler before = Signal.handle(new Signal("TERM"), mine);
    try {
      SignalHandlers signals = handlers(NEVER);
      signals.install();
      signals.close();
      signals.close();

      Signal.raise(new Signal("TERM"));

      assertThat(next()).isEqualTo("mine");
    } finally {
      Signal.handle(new Signal("TERM"), before);
    }
  }

  private SignalHandlers handlers(long graceMillis) {
    return new SignalHandlers(
        () -> events.add("stop"),
        () -> events.add("clean up"),
        code -> events.add("halt " + code),
        graceMillis);
  }

  private String next() throws InterruptedException {
    return events.poll(10, TimeUnit.SECONDS);
  }
}
