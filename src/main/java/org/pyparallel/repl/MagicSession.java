package org.pyparallel.repl;

/// What magics work with.
///
/// @param asking asks seats, and can be interrupted
/// @param jobs what runs in the background
record MagicSession(SessionSeats seats, Screen screen, Asking asking, Jobs jobs) {
  /// Shows a line.
  void say(String line) {
    screen.print(line + "\n");
  }

  /// The current seat.
  ///
  /// @throws MagicError if it is dead
  SessionSeat current() {
    return alive(seats.current());
  }

  /// The seat of a number that was typed.
  ///
  /// @throws MagicError if there is none
  SessionSeat seat(String number) {
    SessionSeat seat = seats.get(SeatNumbers.number(number));
    if (seat == null) {
      throw new MagicError("there is no interpreter " + number + ", only " + SeatNumbers.of(seats));
    }
    return seat;
  }

  /// A seat that code can be sent to.
  ///
  /// @throws MagicError if it is dead
  static SessionSeat alive(SessionSeat seat) {
    if (seat.state() == Seat.State.DEAD) {
      String id = String.valueOf(seat.id());
      throw new MagicError(
          "interpreter " + id + " is dead: %interp close " + id + ", and %interp new for another");
    }
    return seat;
  }
}
