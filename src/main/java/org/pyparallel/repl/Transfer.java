package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Carries names from one seat's namespace to others'. Values travel pickled; what was defined at
/// the prompt or in a script that ran there (functions, classes) as its source, modules as an
/// import.
final class Transfer {
  private final Asking asking;

  Transfer(Asking asking) {
    this.asking = asking;
  }

  /// Carries names to all of the seats, or says for which it failed.
  ///
  /// @param names joined by commas
  /// @throws MagicError if one is not there, cannot be sent or cannot be received
  void carry(SessionSeat from, String names, List<SessionSeat> to) {
    List<String> parcel = asking.need(from, "call", "_magic_values.parcel", names);
    String source = parcel.get(0);
    String values = parcel.get(1);
    if (!source.isEmpty()) {
      receive(to, "run", source, "0", "<from " + from.id() + ">");
    }
    if (!values.isEmpty()) {
      receive(to, "load", asking.need(from, "dump", values).getFirst());
    }
  }

  /// Carries all that code needs and the seats do not have: what it names, and what the functions
  /// among that name. Definitions are sent in any case, so that the newest ones are used.
  void carryNeeds(SessionSeat from, String code, List<SessionSeat> to) {
    List<String> needs = asking.need(from, "call", "_magic_values.needs", code);
    String definitions = needs.get(0);
    String values = needs.get(1);
    if (!values.isEmpty()) {
      for (SessionSeat seat : to) {
        String missing =
            asking.need(seat, "call", "_magic_values.missing", values).getFirst();
        if (!missing.isEmpty()) {
          carry(from, missing, List.of(seat));
        }
      }
    }
    if (!definitions.isEmpty()) {
      carry(from, definitions, to);
    }
  }

  private void receive(List<SessionSeat> to, String... request) {
    List<String> problems = new ArrayList<>();
    for (SeatAnswer answer : asking.together(to, request)) {
      if (!answer.isOk()) {
        problems.add("[" + answer.seat().id() + "] " + answer.problem() + advice(answer.problem()));
      }
    }
    if (!problems.isEmpty()) {
      throw new MagicError(String.join("\n", problems));
    }
  }

  /// Pickles name the classes of what they hold, which must be there first.
  private static String advice(String problem) {
    return problem.contains("__main__") && problem.contains("attribute")
        ? " (%push the class or function it names first)"
        : "";
  }
}
