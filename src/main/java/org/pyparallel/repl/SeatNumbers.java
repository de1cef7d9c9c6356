package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// Reads numbers of seats as they are typed: `2`, `1,3`, `2-4`, `all`.
final class SeatNumbers {
  private SeatNumbers() {}

  /// The living seats of a list, in its order, each once.
  ///
  /// @throws MagicError if one is not there, or dead
  static List<SessionSeat> read(String list, MagicSession session) {
    if (list.equals("all")) {
      return session.seats().live();
    }
    List<SessionSeat> found = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      int dash = part.indexOf('-', 1);
      String first = dash < 0 ? part : part.substring(0, dash);
      String last = dash < 0 ? part : part.substring(dash + 1);
      session.seat(last); // so that a range ends at a seat that there is
      for (int id = number(first); id <= number(last); id++) {
        SessionSeat seat = MagicSession.alive(session.seat(String.valueOf(id)));
        if (!found.contains(seat)) {
          found.add(seat);
        }
      }
    }
    if (found.isEmpty()) {
      throw new MagicError.Usage();
    }
    return found;
  }

  /// A number from 1.
  ///
  /// @throws MagicError.Usage if it is none
  static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      throw new MagicError.Usage();
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MagicError.Usage();
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /// The numbers of seats as they are typed.
  static String list(List<SessionSeat> seats) {
    StringBuilder text = new StringBuilder();
    for (SessionSeat seat : seats) {
      text.append(text.isEmpty() ? "" : ",").append(seat.id());
    }
    return text.toString();
  }

  /// The numbers that there are, in words.
  static String of(SessionSeats seats) {
    StringBuilder text = new StringBuilder();
    List<Seat> all = seats.all();
    for (int i = 0; i < all.size(); i++) {
      text.append(i == 0 ? "" : i == all.size() - 1 ? " and " : ", ").append(all.get(i).id());
    }
    return text.toString();
  }
}
