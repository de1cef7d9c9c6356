package org.pyparallel.repl;

import java.util.List;

/// Shows and sets environment variables.
final class EnvMagic implements Magic {
  private final MagicSession session;

  EnvMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "env";
  }

  @Override
  public String usage() {
    return "%env [NAME[=VALUE]]";
  }

  @Override
  public String summary() {
    return "shows environment variables, or sets one in all interpreters";
  }

  @Override
  public void run(String rest) {
    String text = rest.strip();
    SessionSeat seat = session.current();
    Asking asking = session.asking();
    int equals = text.indexOf('=');
    if (equals == 0 || (equals < 0 && Words.of(text).size() > 1)) {
      throw new MagicError.Usage();
    }
    if (equals > 0) {
      String name = text.substring(0, equals).strip();
      String value = text.substring(equals + 1).strip();
      asking.check(
          asking.together(session.seats().live(), "call", "_magic_system.set", name, value));
      return;
    }
    List<String> values = asking.need(seat, "call", "_magic_system.variables", text);
    Columns table = new Columns();
    for (int i = 0; i + 1 < values.size(); i += 2) {
      table.add(values.get(i), values.get(i + 1));
    }
    session.screen().print(table.text(Integer.MAX_VALUE));
  }
}
