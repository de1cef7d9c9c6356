package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.Signals;
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

      raise("TERM");
      assertThat(next()).isEqualTo("stop");
      assertThat(signals.received()).isEqualTo(StopSignal.TERM);

      raise("INT");
      assertThat(List.of(next(), next())).containsExactly("clean up", "halt 130");
      assertThat(signals.received()).isEqualTo(StopSignal.TERM);
    }
  }

  @Test
  void runThatDoesNotStopIsEndedAfterTheGraceTime() throws InterruptedException {
    try (SignalHandlers signals = handlers(50)) {
      signals.install();

      raise("TERM");

      assertThat(List.of(next(), next(), next()))
          .containsExactlyInAnyOrder("stop", "clean up", "halt 143");
    }
  }

  @Test
  void runThatStopsInTimeIsNotEnded() throws InterruptedException {
    try (SignalHandlers signals = handlers(300)) {
      signals.install();
      raise("INT");
      assertThat(next()).isEqualTo("stop");
    }

    assertThat(events.poll(600, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void cleaningUpThatHangsDoesNotKeepTheProcess() throws InterruptedException {
    Answers hanging =
        new Answers() {
          @Override
          public void cleanUp() {
            try {
              Thread.sleep(NEVER);
            } catch (InterruptedException _) {
              // the test is over
            }
          }
        };
    try (SignalHandlers signals =
        new SignalHandlers(hanging, code -> events.add("halt " + code), 1)) {
      signals.install();
      raise("INT");
      assertThat(List.of(next(), next())).containsExactlyInAnyOrder("stop", "halt 130");
    }
  }

  @Test
  void hangingUpDrainsOnceAndEndsNothing() throws Exception {
    Signals.needHangUp();
    try (SignalHandlers signals = handlers(1)) {
      signals.install();

      raise("HUP");
      assertThat(next()).isEqualTo("drain");
      assertThat(signals.received()).isNull();

      raise("HUP");
      assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void aDrainingRunCanBeStopped() throws Exception {
    Signals.needHangUp();
    try (SignalHandlers signals = handlers(NEVER)) {
      signals.install();
      raise("HUP");
      assertThat(next()).isEqualTo("drain");

      raise("INT");
      assertThat(next()).isEqualTo("stop");

      raise("HUP");
      assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void aQuestionIsAnsweredAsOftenAsItIsAsked() throws InterruptedException {
    try (SignalHandlers signals = handlers(NEVER)) {
      signals.install();
      for (int i = 0; i < 3; i++) {
        raise("USR1");
        assertThat(next()).isEqualTo("describe");
      }
      assertThat(signals.received()).isNull();
    }
  }

  @Test
  void aQuestionThatComesTooLateDoesNotKill() throws Exception {
    SignalHandlers signals = handlers(NEVER);
    signals.install();
    signals.close();

    kill("USR1"); // would end this process

    assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  /// The JVM sees to that for the other signals.
  @Test
  void whatWasIgnoredStaysSo() throws Exception {
    Signal signal = new Signal("USR1");
    SignalHandler before = Signal.handle(signal, SignalHandler.SIG_IGN);
    try (SignalHandlers signals = handlers(NEVER)) {
      signals.install();

      kill("USR1");

      assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
      assertThat(Signal.handle(signal, SignalHandler.SIG_IGN)).isEqualTo(SignalHandler.SIG_IGN);
    } finally {
      Signal.handle(signal, before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP", "USR1"})
  void previousHandlersComeBack(String name) throws Exception {
    if (name.equals("HUP")) {
      Signals.needHangUp();
    }
    SignalHandler mine = _ -> events.add("mine");
    SignalHandler before = Signal.handle(new Signal(name), mine);
    try {
      SignalHandlers signals = handlers(NEVER);
      signals.install();
      signals.close();
      signals.close();

      raise(name);

      assertThat(next()).isEqualTo("mine");
    } finally {
      Signal.handle(new Signal(name), before);
    }
  }

  private SignalHandlers handlers(long graceMillis) {
    return new SignalHandlers(new Answers(), code -> events.add("halt " + code), graceMillis);
  }

  private static void raise(String name) {
    Signal.raise(new Signal(name));
  }

  /// Sends a signal for which there may be no handler.
  private static void kill(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
  }

  private String next() throws InterruptedException {
    return events.poll(10, TimeUnit.SECONDS);
  }

  private class Answers implements SignalHandlers.Answers {
    @Override
    public void stop() {
      events.add("stop");
    }

    @Override
    public void drain() {
      events.add("drain");
    }

    @Override
    public void describe() {
      events.add("describe");
    }

    @Override
    public void cleanUp() {
      events.add("clean up");
    }
  }
}
