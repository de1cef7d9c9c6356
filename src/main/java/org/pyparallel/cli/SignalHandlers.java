package org.pyparallel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Tells a run of signals for as long as it is open, and puts back what was there before.
///
/// The first SIGINT or SIGTERM asks the run to stop; if it is still open when [#GRACE_MILLIS] are
/// over, the process is ended. A second one ends it at once. Ending means to clean up and to halt:
/// exit hooks, and the threads they may wait for, get no say. SIGHUP asks the run to drain, and
/// SIGUSR1 to say what it is doing.
///
/// A signal that was ignored stays so: nohup(1) has asked for that, or a shell that put the process
/// into the background. One that the platform does not have, or the JVM keeps for itself, is passed
/// over.
///
/// What is asked of the run is called on threads of their own while the run goes on, and no lock of
/// this class is held meanwhile.
final class SignalHandlers implements AutoCloseable {
  /// How long a run may take to stop. Together with the start and end of a process that is less
  /// than the second after which a user loses faith.
  static final long GRACE_MILLIS = 800;

  private static final String HANG_UP = "HUP";
  private static final String QUESTION = "USR1";

  /// How long cleaning up may take: it waits for a lock that is held while a file goes to disk.
  private static final long CLEAN_UP_MILLIS = 100;

  private final Answers answers;
  private final IntConsumer halt;
  private final long graceMillis;
  private final Map<String, SignalHandler> previous = new LinkedHashMap<>();
  private @Nullable StopSignal received;
  private boolean draining;
  private boolean closed;

  /// What a run does about signals. Each but [#cleanUp] may be called while another is under way.
  interface Answers {
    /// Asks the run to stop; returns at once.
    void stop();

    /// Asks the run to begin nothing more; returns at once. Once at most.
    void drain();

    /// Says what the run is doing.
    void describe();

    /// Takes back what the run has half done; returns soon. The process ends right after it.
    void cleanUp();
  }

  SignalHandlers(Answers answers) {
    this(answers, new Halt(), GRACE_MILLIS);
  }

  /// @param halt ends the process with a status
  SignalHandlers(Answers answers, IntConsumer halt, long graceMillis) {
    this.answers = answers;
    this.halt = halt;
    this.graceMillis = graceMillis;
  }

  /// Starts to listen.
  void install() {
    for (StopSignal signal : StopSignal.values()) {
      install(
          signal.name(),
          new SignalHandler() {
            @Override
            public void handle(Signal raised) {
              onStop(signal);
            }
          });
    }
    install(
        HANG_UP,
        new SignalHandler() {
          @Override
          public void handle(Signal raised) {
            onHangUp();
          }
        });
    install(
        QUESTION,
        new SignalHandler() {
          @Override
          public void handle(Signal raised) {
            onQuestion();
          }
        });
  }

  private void install(String name, SignalHandler handler) {
    SignalHandler before;
    try {
      before = Signal.handle(new Signal(name), handler);
    } catch (IllegalArgumentException _) {
      return; // not to be had
    }
    if (before.equals(SignalHandler.SIG_IGN)) {
      Signal.handle(new Signal(name), before);
    } else {
      previous.put(name, before);
    }
  }

  /// The first signal that came to stop the run, or null if none did.
  synchronized @Nullable StopSignal received() {
    return received;
  }

  /// Puts the previous handlers back. The process is not ended any more. Idempotent.
  ///
  /// SIGUSR1 goes on to be caught, for nothing, where nobody had a handler for it: a question that
  /// comes too late must not kill.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    for (Map.Entry<String, SignalHandler> handler : previous.entrySet()) {
      boolean deadly =
          handler.getKey().equals(QUESTION) && handler.getValue().equals(SignalHandler.SIG_DFL);
      if (!deadly) {
        Signal.handle(new Signal(handler.getKey()), handler.getValue());
      }
    }
  }

  private void onHangUp() {
    boolean first;
    synchronized (this) {
      first = !closed && !draining && received == null;
      draining |= first;
    }
    if (first) {
      answers.drain();
    }
  }

  private void onQuestion() {
    if (!isClosed()) {
      answers.describe();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void onStop(StopSignal signal) {
    boolean first;
    synchronized (this) {
      if (closed) {
        return;
      }
      first = received == null;
      if (first) {
        received = signal;
      }
    }
    if (!first) {
      end(signal);
      return;
    }
    Thread watchdog =
        new Thread("signal-watchdog") {
          @Override
          public void run() {
            if (!isClosedInTime()) {
              end(signal);
            }
          }
        };
    watchdog.setDaemon(true);
    watchdog.start();
    answers.stop();
  }

  private synchronized boolean isClosedInTime() {
    long deadline = System.nanoTime() + graceMillis * 1_000_000;
    while (!closed) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException _) {
        return false;
      }
    }
    return true;
  }

  private void end(StopSignal signal) {
    Thread cleaner =
        new Thread("signal-clean-up") {
          @Override
          public void run() {
            answers.cleanUp();
          }
        };
    cleaner.setDaemon(true);
    cleaner.start();
    try {
      cleaner.join(CLEAN_UP_MILLIS);
    } catch (InterruptedException _) {
      // somebody is in an even greater hurry
    }
    halt.accept(signal.status().code());
  }

  private static final class Halt implements IntConsumer {
    @Override
    public void accept(int status) {
      Runtime.getRuntime().halt(status);
    }
  }
}
