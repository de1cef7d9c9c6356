package org.pyparallel.repl;

import java.util.concurrent.atomic.AtomicInteger;

/// What magics work with.
///
/// @param asking asks seats, and can be interrupted
/// @param jobs what runs in the background
/// @param sources how many pieces of code had names so far
record MagicSession(
    SessionSeats seats, Screen screen, Asking asking, Jobs jobs, AtomicInteger sources) {
  MagicSession(SessionSeats seats, Screen screen) {
    this(seats, screen, new Asking(screen), new Jobs(screen), new AtomicInteger());
  }

  /// What stands for a file's name in tracebacks, another one for each piece of code: functions
  /// find their source by it. Ends in no number of its own, as that would be an input's.
  String sourceName(Magic magic) {
    return "<%" + magic.name() + "-" + sources.incrementAndGet() + ">";
  }

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
