package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Joins the parts of a sequence in the current seat.
final class GatherMagic implements Magic {
  private final MagicSession session;

  GatherMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public String usage() {
    return "%gather NAME";
  }

  @Override
  public String summary() {
    return "joins the parts of a list from all interpreters in the current one, in order";
  }

  @Override
  public void run(String rest) {
    String name = Words.only(rest);
    SessionSeat current = session.current();
    List<String> request = new ArrayList<>(List.of("call", "_magic_values.join", name));
    for (SeatAnswer part : session.asking().together(session.seats().live(), "dump", name)) {
      if (!part.isOk()) {
        throw new MagicError("[" + part.seat().id() + "] " + part.problem());
      }
      request.add(part.values().getFirst());
    }
    List<String> joined = session.asking().need(current, request.toArray(new String[0]));
    session.say(name + " has " + joined.getFirst() + " items in " + current.id());
  }
}
