package org.pyparallel.repl;

/// From where code was sent to a seat, which decides how its output is shown and whether it may
/// read.
enum Voice {
  /// From the prompt: shown as it is, unless the seat is no longer the current one.
  PROMPT,
  /// Together with the same for other seats: labelled with the seat's number.
  TOGETHER,
  /// For the background: labelled, and the keyboard belongs to others.
  BACKGROUND
}
