package org.pyparallel.interpreter.process;

/// The kinds of frames, as `_process.py` has them.
///
/// A frame is a byte that says its kind, eight bytes with its length, the highest first, and as
/// many bytes.
final class Frames {
  static final int HEADER = 9;

  // What the host says.
  static final int TERMINAL = 1;
  static final int OPEN = 2;
  static final int RUN = 3;
  static final int REDUCE = 4;
  static final int CLOSE = 5;
  static final int DATA = 6;
  static final int FILE = 7;
  static final int NOTHING = 8;
  static final int REPLY = 9;
  static final int STOP = 10;
  static final int INTERRUPT = 11;
  static final int LOOK = 12;
  static final int CONSOLE = 13;
  static final int ASK = 14;
  static final int ADOPT = 15;

  // What the child says.
  static final int RESULTS = 1;
  static final int DIAGNOSTICS = 2;
  static final int REJECTS = 3;
  static final int WANTED = 4;
  static final int GIVE = 5;
  static final int ANSWER = 6;
  static final int UNREADABLE = 7;
  static final int BROKEN = 8;
  static final int STACK = 9;
  static final int INPUT = 10;

  private Frames() {}
}
