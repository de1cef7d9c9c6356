package org.pyparallel.repl;

import java.util.List;

/// Runs code in the background.
final class BgMagic implements Magic {
  private final MagicSession session;

  BgMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "bg";
  }

  @Override
  public String usage() {
    return "%bg [on N[,N|N-N|all]] CODE";
  }

  @Override
  public String summary() {
    return "runs code in the background, in the current interpreter or in others";
  }

  @Override
  public String details() {
    return """
        An interpreter runs one thing at a time: what is typed into one with a job waits for the job.
        So send it to another, as in %bg on 2 work(), or switch to another meanwhile. input() finds
        no input in a job. %jobs lists them, %wait waits for them.""";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    List<SessionSeat> seats;
    String code;
    if (Words.first(rest).equals("on")) {
      String after = Words.after(rest);
      seats = SeatNumbers.read(Words.first(after), session);
      code = Words.after(after);
    } else {
      code = Words.code(rest);
      seats = List.of(session.current());
    }
    boolean here = seats.contains(session.seats().current());
    String places = SeatNumbers.list(seats) + (here ? "; what is typed here waits for it" : "");
    session
        .jobs()
        .begin(
            seats,
            code,
            session.sourceName(this),
            id -> session.say("job " + id + " in " + places));
  }
}
