package org.pyparallel.repl;

import java.util.List;

/// Lists the names of the current seat.
final class WhoMagic implements Magic {
  private final MagicSession session;

  WhoMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "who";
  }

  @Override
  public String usage() {
    return "%who [N]";
  }

  @Override
  public String summary() {
    return "lists the names in the current interpreter, or in another";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.size() > 1) {
      throw new MagicError.Usage();
    }
    SessionSeat seat =
        words.isEmpty() ? session.current() : MagicSession.alive(session.seat(words.getFirst()));
    List<String> names = session.asking().need(seat, "call", "_magic_values.names");
    if (names.size() < 3) {
      session.say("nothing is defined in interpreter " + seat.id());
      return;
    }
    Columns table = new Columns();
    for (int i = 0; i + 2 < names.size(); i += 3) {
      table.add(names.get(i), names.get(i + 1), names.get(i + 2));
    }
    session.screen().print(table.text(session.screen().columns()));
  }
}
