package org.pyparallel.repl;

import java.util.List;

/// Runs a file as if it were typed in.
final class LoadMagic implements Magic {
  private final MagicSession session;

  LoadMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String usage() {
    return "%load FILE";
  }

  @Override
  public String summary() {
    return "shows a file of code and runs it as if it were typed in";
  }

  @Override
  public void run(String rest) {
    String path = Words.only(rest);
    SessionSeat seat = session.current();
    List<String> file = session.asking().need(seat, "call", "_magic_run.read", path);
    String source = file.get(1);
    session.screen().print(source.endsWith("\n") || source.isEmpty() ? source : source + "\n");
    session.asking().check(session.asking().ask(seat, "run", source, "1", file.getFirst()));
  }
}
