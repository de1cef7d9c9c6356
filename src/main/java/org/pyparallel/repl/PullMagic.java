package org.pyparallel.repl;

import java.util.List;

/// Copies names of another seat to the current one.
final class PullMagic implements Magic {
  private final MagicSession session;

  PullMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "pull";
  }

  @Override
  public String usage() {
    return "%pull NAME[,NAME] from N";
  }

  @Override
  public String summary() {
    return "copies names from another interpreter to the current one";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    int from = words.indexOf("from");
    if (from < 1 || words.size() != from + 2) {
      throw new MagicError.Usage();
    }
    SessionSeat to = session.current();
    SessionSeat source = MagicSession.alive(session.seat(words.get(from + 1)));
    if (source == to) {
      throw new MagicError("interpreter " + to.id() + " is the current one");
    }
    new Transfer(session.asking())
        .carry(source, PushMagic.names(words.subList(0, from)), List.of(to));
  }
}
