package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// The seats of a session. The first one's console is opened at once, because somebody is about to
/// type into it; the others' when they are first asked, so that the prompt waits for one only.
public final class SessionSeats implements Seats {
  /// How long seats that are closed may take before they are given up.
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Function<RuntimeName, Runtime> onOffer;
  private final PythonOptions python;
  private final int workers;
  private final Screen screen;
  private final Function<String, @Nullable String> input;
  private final Map<RuntimeName, Runtime> runtimes = new EnumMap<>(RuntimeName.class);
  private final List<SessionSeat> seats = new ArrayList<>();
  private volatile SessionSeat current;
  private int lastId;

  /// @param onOffer makes a runtime, asked once for each that is used
  /// @param runtime what the first seats run on
  /// @param workers how many seats there are to begin with, at least 1
  /// @param input reads a line for `input()`, given its prompt; null at the end of input
  /// @throws PyParallelException.RuntimeFailed if that runtime is not there
  public SessionSeats(
      Function<RuntimeName, Runtime> onOffer,
      PythonOptions python,
      RuntimeName runtime,
      int workers,
      Screen screen,
      Function<String, @Nullable String> input) {
    this.onOffer = onOffer;
    this.python = python;
    this.workers = workers;
    this.screen = screen;
    this.input = input;
    SessionSeat first = seat(runtime, "");
    this.current = first;
    first.open();
    seats.add(first);
    while (seats.size() < workers) {
      seats.add(seat(runtime, ""));
    }
  }

  /// A session with one seat, whose interpreter was there before.
  ///
  /// @param onOffer makes a runtime, asked once for each that is used for further seats
  /// @param input reads a line for `input()`, given its prompt; null at the end of input
  public SessionSeats(
      Function<RuntimeName, Runtime> onOffer,
      PythonOptions python,
      Adopted adopted,
      Screen screen,
      Function<String, @Nullable String> input) {
    this.onOffer = onOffer;
    this.python = python;
    this.workers = 1;
    this.screen = screen;
    this.input = input;
    int id = ++lastId;
    SessionSeat first =
        new SessionSeat(
            id, adopted.runtime(), adopted.opener(), adopted.thread(), output("[" + id + "] ", id));
    this.current = first;
    first.open();
    seats.add(first);
  }

  /// @param name stands in the label instead of the number, unless it is empty
  private SessionSeat seat(RuntimeName runtime, String name) {
    Runtime opener = runtime(runtime);
    int id = name.isEmpty() ? ++lastId : 0;
    ConsoleConfig config = new ConsoleConfig(python, Math.max(0, id - 1), workers);
    String label = "[" + (name.isEmpty() ? String.valueOf(id) : name) + "] ";
    return new SessionSeat(id, runtime, to -> opener.console(config, to), output(label, id));
  }

  private SeatOutput output(String label, int id) {
    return new SeatOutput(label, screen, input, () -> current.id() == id);
  }

  private Runtime runtime(RuntimeName name) {
    Runtime known = runtimes.get(name);
    if (known == null) {
      known = onOffer.apply(name);
      runtimes.put(name, known);
    }
    return known;
  }

  /// Which Python the first seats run on, one line: with its version where asking for that takes no
  /// time, for somebody waits for the prompt.
  ///
  /// @throws PyParallelException.RuntimeFailed if it cannot run here
  public String python() {
    RuntimeName name = current.runtime();
    return name == RuntimeName.CPYTHON ? runtime(name).version() : name.label();
  }

  @Override
  public synchronized List<Seat> all() {
    return List.copyOf(seats);
  }

  /// All that code can be sent to.
  synchronized List<SessionSeat> live() {
    List<SessionSeat> live = new ArrayList<>();
    for (SessionSeat seat : seats) {
      if (seat.state() != Seat.State.DEAD) {
        live.add(seat);
      }
    }
    return live;
  }

  @Override
  public SessionSeat current() {
    return current;
  }

  @Override
  public Optional<Seat> find(int id) {
    SessionSeat seat = get(id);
    return seat == null ? Optional.empty() : Optional.of(seat);
  }

  synchronized @Nullable SessionSeat get(int id) {
    for (SessionSeat seat : seats) {
      if (seat.id() == id) {
        return seat;
      }
    }
    return null;
  }

  @Override
  public synchronized void select(Seat seat) {
    SessionSeat own = get(seat.id());
    if (own != null) {
      current = own;
    }
  }

  @Override
  public synchronized SessionSeat open(RuntimeName runtime) {
    check(runtime(runtime));
    SessionSeat seat = seat(runtime, "");
    seats.add(seat);
    return seat;
  }

  /// Opens one that is on no list and is labelled with its runtime's name; who asks for it ends it.
  ///
  /// @throws PyParallelException if that runtime cannot run here
  synchronized SessionSeat aside(RuntimeName runtime) {
    check(runtime(runtime));
    return seat(runtime, runtime.label());
  }

  private static void check(Runtime runtime) {
    if (runtime.availability() instanceof Availability.Missing(String reason, String remedy)) {
      throw new PyParallelException.RuntimeFailed(reason + ": " + remedy);
    }
  }

  @Override
  public boolean close(Seat seat) {
    SessionSeat closing;
    synchronized (this) {
      closing = get(seat.id());
      if (closing == null) {
        return true;
      }
      if (seats.size() == 1) {
        return false;
      }
      int place = seats.indexOf(closing);
      seats.remove(place);
      if (current == closing) {
        current = seats.get(place % seats.size());
      }
    }
    end(List.of(closing));
    return true;
  }

  @Override
  public void kill(Seat seat) {
    SessionSeat killed = get(seat.id());
    if (killed != null) {
      killed.kill();
    }
  }

  @Override
  public void close() {
    List<SessionSeat> all;
    synchronized (this) {
      all = List.copyOf(seats);
    }
    boolean whole = end(all);
    synchronized (this) {
      if (whole) { // a runtime with an interpreter still inside may not come back from its end
        for (Runtime runtime : runtimes.values()) {
          runtime.close();
        }
      }
      runtimes.clear();
    }
  }

  /// Ends seats, those that do not stop included.
  ///
  /// @return whether all ended by themselves
  static boolean end(List<SessionSeat> ending) {
    List<Future<Boolean>> ends = new ArrayList<>();
    for (SessionSeat seat : ending) {
      ends.add(seat.end());
    }
    boolean whole = true;
    long deadline = System.nanoTime() + GRACE_NANOS;
    for (int i = 0; i < ends.size(); i++) {
      if (!isDone(ends.get(i), deadline)) {
        ending.get(i).kill();
        whole = false;
      }
    }
    return whole;
  }

  private static boolean isDone(Future<Boolean> end, long deadline) {
    try {
      return end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
