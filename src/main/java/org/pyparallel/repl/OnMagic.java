package org.pyparallel.repl;

import java.util.List;

/// Runs code in some seats at once.
final class OnMagic implements Magic {
  private final MagicSession session;

  OnMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "on";
  }

  @Override
  public String usage() {
    return "%on N[,N|N-N|all] CODE";
  }

  @Override
  public String summary() {
    return "runs code in some interpreters at once, as in %on 1,3 print(x)";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String code = Words.after(rest);
    List<SessionSeat> seats = SeatNumbers.read(Words.first(rest), session);
    String name = session.sourceName(this);
    session.asking().check(session.asking().together(seats, "run", code, "1", name));
  }
}
