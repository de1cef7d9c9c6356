package org.pyparallel.repl;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RuntimeName;

/// The interpreters themselves.
final class InterpMagic implements Magic {
  private final MagicSession session;

  InterpMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "interp";
  }

  @Override
  public String usage() {
    return """
        %interp [list]
        %interp new [cpython|graalpy|process]
        %interp switch N
        %interp close N
        %interp reset [N]
        %interp kill N""";
  }

  @Override
  public String summary() {
    return "lists interpreters, opens, switches, closes, empties and kills them";
  }

  @Override
  public String details() {
    return """
        What is typed goes to the current one, which the list marks with >. `new` takes the runtime
        of the current one unless told another, and does not switch. `reset` empties the namespace.
        `kill` gives one up that does not stop; it stays in the list as dead.""";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    String verb = words.isEmpty() ? "list" : words.getFirst();
    String operand = words.size() > 1 ? words.get(1) : "";
    if (words.size() > 2) {
      throw new MagicError.Usage();
    }
    switch (verb) {
      case "list" -> list();
      case "new" -> open(operand);
      case "switch" -> select(session.seat(operand));
      case "close" -> close(session.seat(operand));
      case "reset" -> reset(operand.isEmpty() ? session.current() : session.seat(operand));
      case "kill" -> kill(session.seat(operand));
      default -> throw new MagicError.Usage();
    }
  }

  private void list() {
    Columns table = new Columns().add("", "id", "runtime", "state", "memory", "CPU");
    SessionSeat current = session.seats().current();
    for (Seat each : session.seats().all()) {
      SessionSeat seat = session.seats().get(each.id());
      if (seat != null) {
        table.add(
            seat == current ? ">" : "",
            String.valueOf(seat.id()),
            seat.runtime().label(),
            state(seat),
            Figures.bytes(memory(seat)),
            Figures.nanos(seat.cpuNanos()));
      }
    }
    session.screen().print(table.text(session.screen().columns()));
  }

  private static String state(SessionSeat seat) {
    boolean unopened = seat.state() == Seat.State.IDLE && !seat.isOpen();
    return unopened ? "not started" : seat.state().name().toLowerCase(Locale.ROOT);
  }

  /// Of a process the system knows; of others only their Python may know.
  private long memory(SessionSeat seat) {
    long bytes = seat.memoryBytes();
    if (bytes > 0 || seat.state() != Seat.State.IDLE || !seat.isOpen()) {
      return bytes;
    }
    SeatAnswer answer = session.asking().ask(seat, "memory");
    try {
      return answer.isOk() ? Long.parseLong(answer.values().getFirst()) : 0;
    } catch (NumberFormatException e) {
      return 0; // it cannot tell
    }
  }

  private void open(String name) {
    RuntimeName runtime = name.isEmpty() ? session.seats().current().runtime() : runtime(name);
    if (runtime == null) {
      throw new MagicError("there is no runtime " + name + ", only cpython, graalpy and process");
    }
    long begin = System.nanoTime();
    SessionSeat seat = session.seats().open(runtime);
    try {
      session.asking().need(seat); // opens it, so that a failure is told now
    } catch (MagicError e) {
      session.seats().close(seat);
      throw e;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    session.say(title(seat) + ", started in " + millis + " ms; %interp switch " + seat.id());
  }

  private static @Nullable RuntimeName runtime(String name) {
    for (RuntimeName runtime : RuntimeName.values()) {
      if (runtime.label().equals(name)) {
        return runtime;
      }
    }
    return null;
  }

  private static String title(SessionSeat seat) {
    return "[" + seat.id() + "] " + seat.runtime().label();
  }

  private void select(SessionSeat seat) {
    session.seats().select(MagicSession.alive(seat));
  }

  private void close(SessionSeat seat) {
    if (!session.seats().close(seat)) {
      throw new MagicError("the last interpreter stays; Ctrl-D leaves the shell");
    }
  }

  private void reset(SessionSeat seat) {
    session.asking().need(idle(seat), "reset");
  }

  /// What is asked of one that is busy would wait for it, and an interrupt would hit what it runs.
  private static SessionSeat idle(SessionSeat seat) {
    if (MagicSession.alive(seat).state() == Seat.State.BUSY) {
      throw new MagicError(
          "interpreter " + seat.id() + " is busy: %wait for it, or %interp kill " + seat.id());
    }
    return seat;
  }

  private void kill(SessionSeat seat) {
    session.seats().kill(seat);
    if (seat == session.seats().current()) {
      for (SessionSeat next : session.seats().live()) {
        session.seats().select(next);
        return;
      }
    }
  }
}
