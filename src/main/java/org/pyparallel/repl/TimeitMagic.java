package org.pyparallel.repl;

/// Runs code many times and says how long once takes.
final class TimeitMagic implements Magic {
  private static final String RUNS = "7";

  private final MagicSession session;

  TimeitMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "timeit";
  }

  @Override
  public String usage() {
    return "%timeit [-a] [-n LOOPS] [-r RUNS] CODE";
  }

  @Override
  public String summary() {
    return "runs code many times and tells how long once takes";
  }

  @Override
  public String details() {
    return """
        Without -n there are so many loops that a run takes 0.2 s or more; there are 7 runs without
        -r. -a measures in every interpreter, one after the other, and shows them side by side.""";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String loops = "0";
    String runs = RUNS;
    boolean everywhere = false;
    String code = rest;
    for (String word = Words.first(code); word.length() == 2 && word.charAt(0) == '-'; ) {
      code = Words.after(code);
      switch (word) {
        case "-a" -> everywhere = true;
        case "-n" -> {
          loops = count(Words.first(code));
          code = Words.after(code);
        }
        case "-r" -> {
          runs = count(Words.first(code));
          code = Words.after(code);
        }
        default -> throw new MagicError.Usage();
      }
      word = Words.first(code);
    }
    code = Words.code(code);
    if (everywhere) {
      compare(code, loops, runs);
    } else {
      session.say(Timing.of(session.asking(), session.current(), code, loops, runs).text());
    }
  }

  private static String count(String word) {
    int count = SeatNumbers.number(word);
    if (count == 0) {
      throw new MagicError.Usage();
    }
    return String.valueOf(count);
  }

  private void compare(String code, String loops, String runs) {
    TimingTable table = new TimingTable();
    for (SessionSeat seat : session.seats().live()) {
      String name = "[" + seat.id() + "] " + seat.runtime().label();
      session.screen().status("%timeit " + name);
      SeatAnswer answer =
          session.asking().ask(seat, "call", "_magic_time.timeit", code, loops, runs);
      if (answer.isInterrupted()) {
        session.asking().check(answer);
      }
      if (answer.isOk()) {
        table.add(name, Timing.read(answer.values()));
      } else {
        table.add(name, answer.problem());
      }
    }
    session.screen().status("");
    session.screen().print(table.text(session.screen().columns()));
  }
}
