package org.pyparallel.repl;

import java.util.List;

/// How long code takes when it is repeated.
///
/// @param loops how often it was run in each of the runs
/// @param runs how many runs there were
/// @param best seconds per loop in the best run
/// @param mean seconds per loop on average
/// @param deviation the standard deviation of the runs, seconds per loop
record Timing(long loops, long runs, double best, double mean, double deviation) {
  /// Asks a seat to measure.
  ///
  /// @param loops as text, 0 for as many as suit
  /// @throws MagicError if the code fails
  static Timing of(Asking asking, SessionSeat seat, String code, String loops, String runs) {
    SeatAnswer answer = asking.ask(seat, "call", "_magic_time.timeit", code, loops, runs);
    asking.check(answer);
    return read(answer.values());
  }

  static Timing read(List<String> values) {
    return new Timing(
        Long.parseLong(values.get(0)),
        Long.parseLong(values.get(1)),
        Double.parseDouble(values.get(2)),
        Double.parseDouble(values.get(3)),
        Double.parseDouble(values.get(4)));
  }

  /// All of it in one line.
  String text() {
    return "best " + Figures.seconds(best) + ", mean " + average() + ", " + counts();
  }

  /// The mean with its deviation.
  String average() {
    return Figures.seconds(mean) + " ± " + Figures.seconds(deviation);
  }

  /// How often it ran.
  String counts() {
    return runs + " x " + loops + (loops == 1 ? " loop" : " loops");
  }
}
