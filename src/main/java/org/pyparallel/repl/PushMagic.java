package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Copies names of the current seat to others.
final class PushMagic implements Magic {
  private final MagicSession session;

  PushMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public String usage() {
    return "%push NAME[,NAME] [to N[,N|N-N]]";
  }

  @Override
  public String summary() {
    return "copies names from the current interpreter to the others, or to some";
  }

  @Override
  public String details() {
    return """
        Values are pickled on the way. Functions and classes that were typed in go as their source,
        modules as an import: %push f,math,data to 2-4""";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    int to = words.indexOf("to");
    int end = to < 0 ? words.size() : to;
    if (end == 0 || (to >= 0 && words.size() != to + 2)) {
      throw new MagicError.Usage();
    }
    String names = names(words.subList(0, end));
    SessionSeat from = session.current();
    List<SessionSeat> others =
        new ArrayList<>(
            to < 0 ? session.seats().live() : SeatNumbers.read(words.get(to + 1), session));
    others.remove(from);
    if (others.isEmpty()) {
      throw new MagicError("there is no other interpreter to push to; %interp new opens one");
    }
    new Transfer(session.asking()).carry(from, names, others);
  }

  /// Names that were typed with commas, blanks or both between them, joined by commas.
  static String names(List<String> words) {
    List<String> names = new ArrayList<>();
    for (String word : words) {
      for (String name : word.split(",")) {
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()) {
      throw new MagicError.Usage();
    }
    return String.join(",", names);
  }
}
