package org.pyparallel.repl;

import java.util.List;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// Measures code on every runtime there is.
final class BenchMagic implements Magic {
  private final MagicSession session;

  BenchMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String usage() {
    return "%bench CODE";
  }

  @Override
  public String summary() {
    return "measures code on every runtime, side by side";
  }

  @Override
  public String details() {
    return """
        Each runtime gets an interpreter of its own for it, to which what the code needs is copied
        from the current one. Measured as by %timeit; graalpy's compiler warms up meanwhile.""";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String code = Words.code(rest);
    SessionSeat current = session.current();
    TimingTable table = new TimingTable();
    for (RuntimeName runtime : RuntimeName.values()) {
      session.screen().status("%bench " + runtime.label());
      measure(runtime, current, code, table);
    }
    session.screen().status("");
    session.screen().print(table.text(session.screen().columns()));
  }

  private void measure(RuntimeName runtime, SessionSeat from, String code, TimingTable table) {
    SessionSeat seat;
    try {
      seat = session.seats().aside(runtime);
    } catch (PyParallelException e) {
      table.add(runtime.label(), String.valueOf(e.getMessage()));
      return;
    }
    try {
      Asking asking = session.asking();
      SeatAnswer start = asking.ask(seat);
      if (start.isOk()) {
        new Transfer(asking).carryNeeds(from, code, List.of(seat));
      }
      SeatAnswer answer =
          start.isOk() ? asking.ask(seat, "call", "_magic_time.timeit", code, "0", "5") : start;
      if (answer.isInterrupted()) {
        asking.check(answer);
      } else if (answer.isOk()) {
        table.add(runtime.label(), Timing.read(answer.values()));
      } else {
        table.add(runtime.label(), answer.problem());
      }
    } finally {
      SessionSeats.end(List.of(seat));
    }
  }
}
