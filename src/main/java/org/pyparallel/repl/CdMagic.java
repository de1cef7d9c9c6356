package org.pyparallel.repl;

import java.util.List;

/// Changes the working folder.
final class CdMagic implements Magic {
  private final MagicSession session;

  CdMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "cd";
  }

  @Override
  public String usage() {
    return "%cd [FOLDER]";
  }

  @Override
  public String summary() {
    return "changes the working folder of all interpreters, or tells it";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.size() > 1) {
      throw new MagicError.Usage();
    }
    SessionSeat seat = session.current();
    Asking asking = session.asking();
    String folder = words.isEmpty() ? "." : words.getFirst();
    String target = asking.need(seat, "call", "_magic_system.folder", folder).getFirst();
    if (!words.isEmpty()) {
      // Absolute: interpreters of one process have one working folder, those of others their own.
      asking.check(asking.together(session.seats().live(), "call", "_magic_system.change", target));
    }
    session.say(target);
  }
}
