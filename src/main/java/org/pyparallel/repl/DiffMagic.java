package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Compares a name over all seats.
final class DiffMagic implements Magic {
  private final MagicSession session;

  DiffMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String usage() {
    return "%diff NAME";
  }

  @Override
  public String summary() {
    return "tells which interpreters have another value than the current one";
  }

  @Override
  public String details() {
    return """
        Values are compared with ==, functions and classes by their source, and what cannot be
        pickled by what repr() says.""";
  }

  @Override
  public void run(String rest) {
    String name = Words.only(rest);
    SessionSeat current = session.current();
    List<String> own = session.asking().need(current, "call", "_magic_values.portrait", name);
    List<SessionSeat> others = new ArrayList<>(session.seats().live());
    others.remove(current);
    List<SeatAnswer> answers =
        session
            .asking()
            .together(others, "call", "_magic_values.compare", name, own.get(0), own.get(1));
    Columns table = new Columns().add("[" + current.id() + "]", "", own.get(2));
    int differing = 0;
    for (SeatAnswer answer : answers) {
      if (!answer.isOk()) {
        throw new MagicError("[" + answer.seat().id() + "] " + answer.problem());
      }
      List<String> values = answer.values();
      table.add("[" + answer.seat().id() + "]", values.get(0), values.get(1));
      differing += values.get(0).equals("same") ? 0 : 1;
    }
    if (differing == 0) {
      session.say(name + " is the same in " + (others.size() + 1) + ": " + own.get(2));
    } else {
      session.screen().print(table.text(session.screen().columns()));
    }
  }
}
