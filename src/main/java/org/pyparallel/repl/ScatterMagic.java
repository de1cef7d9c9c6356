package org.pyparallel.repl;

import java.util.List;

/// Cuts a sequence of the current seat over all seats.
final class ScatterMagic implements Magic {
  private final MagicSession session;

  ScatterMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "scatter";
  }

  @Override
  public String usage() {
    return "%scatter NAME";
  }

  @Override
  public String summary() {
    return "cuts a list evenly over all interpreters, each gets a part under the same name";
  }

  @Override
  public String details() {
    return """
        The parts go by the interpreters' numbers, and the current one keeps only its own.
        %gather NAME joins them again, in order.""";
  }

  @Override
  public void run(String rest) {
    String name = Words.only(rest);
    SessionSeat current = session.current();
    List<SessionSeat> seats = session.seats().live();
    Asking asking = session.asking();
    List<String> parts =
        asking.need(current, "call", "_magic_values.cut", name, String.valueOf(seats.size()));
    StringBuilder sizes = new StringBuilder();
    for (int i = 0; i < seats.size(); i++) {
      sizes.append(i == 0 ? "" : ", ").append(parts.get(2 * i));
      if (seats.get(i) != current) {
        asking.need(seats.get(i), "load", parts.get(2 * i + 1));
      }
    }
    // Last, so that nothing is lost where another one could not take its part.
    asking.need(current, "load", parts.get(2 * seats.indexOf(current) + 1));
    session.say(name + " is cut into " + sizes);
  }
}
