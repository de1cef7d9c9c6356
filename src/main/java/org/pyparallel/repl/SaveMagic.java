package org.pyparallel.repl;

import java.util.List;

/// Saves what was typed.
final class SaveMagic implements Magic {
  private final MagicSession session;

  SaveMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "save";
  }

  @Override
  public String usage() {
    return "%save [-f] FILE";
  }

  @Override
  public String summary() {
    return "saves what was typed into the current interpreter and ran well, as a script";
  }

  @Override
  public String details() {
    return "-f replaces a file that is there. Magics are left out: they are no Python.";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    boolean force = !words.isEmpty() && words.getFirst().equals("-f");
    if (words.size() != (force ? 2 : 1)) {
      throw new MagicError.Usage();
    }
    SessionSeat seat = session.current();
    String script = seat.typed().script();
    if (script.isEmpty()) {
      throw new MagicError("nothing was typed into interpreter " + seat.id() + " so far");
    }
    String mode = force ? "w" : "x";
    List<String> saved =
        session.asking().need(seat, "call", "_magic_run.write", words.getLast(), script, mode);
    session.say(script.lines().count() + " lines in " + saved.getFirst());
  }
}
