package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Carries names from one seat's namespace to others', as what a console's `dump` gives.
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
    load(to, asking.need(from, "dump", names).getFirst());
  }

  /// Carries all that code needs and the seats do not have: what it names, and what the functions
  /// among that name. Definitions are sent in any case, so that the newest ones are used.
  void carryNeeds(SessionSeat from, String code, List<SessionSeat> to) {
    List<String> needs = asking.need(from, "call", "_magic_values.needs", code);
    String definitions = needs.get(0);
    String values = needs.get(1);
    if (!values.isEmpty()) {
      for (SessionSeat seat : to) {
        carryMissing(from, values, seat);
      }
    }
    if (!definitions.isEmpty()) {
      carry(from, definitions, to);
    }
  }

  private void carryMissing(SessionSeat from, String names, SessionSeat to) {
    String missing = asking.need(to, "call", "_magic_values.missing", names).getFirst();
    if (missing.isEmpty()) {
      return;
    }
    List<String> parcel = asking.need(from, "call", "_magic_values.parcel", missing);
    if (!parcel.isEmpty()) {
      load(List.of(to), parcel.getFirst());
    }
  }

  private void load(List<SessionSeat> to, String values) {
    List<String> problems = new ArrayList<>();
    for (SeatAnswer answer : asking.together(to, "load", values)) {
      if (!answer.isOk()) {
        problems.add("[" + answer.seat().id() + "] " + answer.problem());
      }
    }
    if (!problems.isEmpty()) {
      throw new MagicError(String.join("\n", problems));
    }
  }
}
