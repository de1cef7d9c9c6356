package org.pyparallel.repl;

import java.util.List;

/// Runs a script in the current seat.
final class RunMagic implements Magic {
  private final MagicSession session;

  RunMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String usage() {
    return "%run SCRIPT [INPUT]";
  }

  @Override
  public String summary() {
    return "runs a script here; with an input file, its process() over the lines";
  }

  @Override
  public String details() {
    return """
        What the script defines is there afterwards. Without INPUT it runs as __main__. With INPUT it
        is loaded as `pyparallel run` loads it: the part behind __name__ == "__main__" stays out,
        setup() is called, then process() with every line, or process_shard() with all of them, and
        what they return is printed.""";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.isEmpty() || words.size() > 2) {
      throw new MagicError.Usage();
    }
    SessionSeat seat = session.current();
    String script = words.getFirst();
    SeatAnswer answer =
        words.size() == 1
            ? session.asking().ask(seat, "call", "_magic_run.script", script)
            : session.asking().ask(seat, "call", "_magic_run.over", script, words.get(1));
    if (answer.fields().getFirst().equals("exit")) {
      String status = answer.fields().getLast();
      if (!status.equals("0")) {
        throw new MagicError(script + " ended with exit status " + status);
      }
      return;
    }
    session.asking().check(answer);
  }
}
