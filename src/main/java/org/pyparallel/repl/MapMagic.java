package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Calls a function on every item, over all seats.
final class MapMagic implements Magic {
  /// How many pieces of work each seat gets, so that one that is slower gets fewer.
  private static final int PIECES_PER_SEAT = 8;

  private final MagicSession session;

  MapMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String usage() {
    return "%map FUNCTION ITERABLE";
  }

  @Override
  public String summary() {
    return "calls a function on every item, over all interpreters; the results are in _";
  }

  @Override
  public String details() {
    return """
        Both are expressions of the current interpreter: %map f range(1000), %map str.upper words,
        %map (lambda x: x * x) data. What the function needs is copied to the others first: the
        functions and classes it names anew each time, other values where they are missing. The
        results keep the order of the items. The first error stops it.""";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String text = Words.code(rest).strip();
    Asking asking = session.asking();
    SessionSeat current = session.current();
    List<SessionSeat> seats = session.seats().live();
    String most = String.valueOf(PIECES_PER_SEAT * seats.size());
    List<String> plan = asking.need(current, "call", "_magic_map.plan", text);
    String function = plan.get(0);
    SeatAnswer cut = asking.ask(current, "call", "_magic_map.cut", plan.get(1), most);
    asking.check(cut);
    List<SessionSeat> others = new ArrayList<>(seats);
    others.remove(current);
    if (!others.isEmpty()) {
      new Transfer(asking).carryNeeds(current, function, others);
    }
    MapRun run = new MapRun(asking, session.screen(), function, cut.values());
    List<String> request = new ArrayList<>(List.of("call", "_magic_map.show"));
    request.addAll(run.over(seats));
    session.screen().status("");
    asking.check(asking.ask(current, request.toArray(new String[0])));
  }
}
