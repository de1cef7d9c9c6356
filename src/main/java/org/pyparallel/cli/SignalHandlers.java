package org.pyparallel.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Stops a run on SIGINT and SIGTERM for as long as it is open, and puts back what was there
/// before.
///
/// The first signal asks the run to stop; if it is still open when [#GRACE_MILLIS] are over, the
/// process is ended. A second signal ends it at once. Ending means to clean up and to halt: exit
/// hooks, and the threads they may wait for, get no say.
///
/// `stop` and `cleanUp` are called on threads of their own while the run goes on, and no lock of
/// this class is held meanwhile.
final class SignalHandlers implements AutoCloseable {
  /// How long a run may take to stop. Together with the start and end of a process that is less
  /// than the second after which a user loses faith.
  static final long GRACE_MILLIS = 800;

  /// How long cleaning up may take: it waits for a lock that is held while a file goes to disk.
  private static final long CLEAN_UP_MILLIS = 100;

  private final Runnable stop;
  private final Runnable cleanUp;
  private final IntConsumer halt;
  private final long graceMillis;
  private final Map<StopSignal, SignalHandler> previous = new EnumMap<>(StopSignal.class);
  private @Nullable StopSignal received;
  private boolean closed;

  /// @param stop asks the run to stop; returns at once
  /// @param cleanUp takes back what the run has half done; returns soon
  SignalHandlers(Runnable stop, Runnable cleanUp) {
    this(stop, cleanUp, new Halt(), GRACE_MILLIS);
  }

  /// @param stop asks the run to stop; returns at once
  /// @param cleanUp takes back what the run has half done; returns soon
  /// @param halt ends the process with a status
  SignalHandlers(Runnable stop, Runnable cleanUp, IntConsumer halt, long graceMillis) {
    this.stop = stop;
    this.cleanUp = cleanUp;
    this.halt = halt;
    this.graceMillis = graceMillis;
  }

  /// Starts to listen.
  void install() {
    for (StopSignal signal : StopSignal.values()) {
      previous.put(
          signal,
          Signal.handle(
              new Signal(signal.name()),
              new SignalHandler() {
                @Override
                public void handle(Signal raised) {
                  onSignal(signal);
                }
              }));
    }
  }

  /// The first signal that came, or null if none did.
  synchronized @Nullable StopSignal received() {
    return received;
  }

  /// Puts the previous handlers back. The process is not ended any more. Idempotent.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    for (Map.Entry<StopSignal, SignalHandler> handler : previous.entrySet()) {
      Signal.handle(new Signal(handler.getKey().name()), handler.getValue());
    }
  }

  private void onSignal(StopSignal signal) {
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
    stop.run();
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
    Thread cleaner = new Thread(cleanUp, "signal-clean-up");
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
