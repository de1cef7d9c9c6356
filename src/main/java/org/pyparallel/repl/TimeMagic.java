package org.pyparallel.repl;

/// Runs code once and says how long it took.
final class TimeMagic implements Magic {
  private final MagicSession session;

  TimeMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public String usage() {
    return "%time CODE";
  }

  @Override
  public String summary() {
    return "runs code once and tells how long it took";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String code = Words.code(rest);
    SessionSeat seat = session.current();
    session.asking().need(seat); // that it starts is not the code's time
    String name = session.sourceName(this);
    long cpu = seat.cpuNanos();
    long began = System.nanoTime();
    SeatAnswer answer = session.asking().ask(seat, "run", code, "1", name);
    long wall = System.nanoTime() - began;
    String used = Figures.nanos(Math.max(0, seat.cpuNanos() - cpu));
    session.say("CPU " + used + ", wall " + Figures.nanos(wall));
    session.asking().check(answer);
  }
}
