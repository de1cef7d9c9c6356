package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import org.pyparallel.job.RuntimeName;

/// Makes a queue that several seats share.
final class QueueMagic implements Magic {
  private final MagicSession session;

  QueueMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public String usage() {
    return "%queue NAME [SIZE]";
  }

  @Override
  public String summary() {
    return "makes a queue that all cpython interpreters share, under one name in each";
  }

  @Override
  public String details() {
    return """
        It is a queue of concurrent.interpreters: put() and get() pass objects between interpreters
        of this process. SIZE is how many items it holds at most. graalpy has no such queues, and
        the interpreters of process are processes of their own: use %push, %scatter and %map there.""";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.isEmpty() || words.size() > 2) {
      throw new MagicError.Usage();
    }
    String name = words.getFirst();
    String size = words.size() > 1 ? String.valueOf(SeatNumbers.number(words.get(1))) : "0";
    List<SessionSeat> sharing = new ArrayList<>();
    StringBuilder without = new StringBuilder();
    for (SessionSeat seat : session.seats().live()) {
      if (seat.runtime() == RuntimeName.CPYTHON) {
        sharing.add(seat);
      } else {
        without.append(without.isEmpty() ? "" : ", ").append(seat.id());
        without.append(" (").append(seat.runtime().label()).append(')');
      }
    }
    if (sharing.isEmpty()) {
      throw new MagicError(
          "only cpython interpreters can share a queue, and there is none here; %push, %scatter and"
              + " %map work between all");
    }
    Asking asking = session.asking();
    SessionSeat first = sharing.removeFirst();
    String number = asking.need(first, "call", "_magic_queue.make", name, size).getFirst();
    StringBuilder places = new StringBuilder().append(first.id());
    for (SessionSeat seat : sharing) {
      asking.need(seat, "call", "_magic_queue.join", name, number);
      places.append(", ").append(seat.id());
    }
    session.say(name + " is a queue in " + places + missing(without.toString()));
  }

  private static String missing(String without) {
    return without.isEmpty() ? "" : "; not in " + without;
  }
}
