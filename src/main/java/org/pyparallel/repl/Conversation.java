package org.pyparallel.repl;

import java.util.Optional;

/// Greets, runs the script to begin with, and then entry after entry until the user leaves.
final class Conversation {
  private final Session session;
  private final Screen screen;
  private final Evaluator evaluator;

  Conversation(Session session, Screen screen, Evaluator evaluator) {
    this.session = session;
    this.screen = screen;
    this.evaluator = evaluator;
  }

  /// @return the exit status
  int hold(Entries entries, Opening opening) {
    if (!opening.banner().isEmpty()) {
      screen.print(opening.banner() + "\n");
    }
    begin(opening.script(), evaluator);
    while (true) {
      String entry = entries.next(session.seats().current().id());
      if (entry == null) {
        return 0;
      }
      if (!entry.isBlank() && evaluator.evaluate(entry) instanceof Outcome.Left(int status)) {
        return status;
      }
    }
  }

  /// Runs the script that a session begins with, if there is one.
  static Outcome begin(Optional<Opening.Script> script, Evaluator evaluator) {
    if (script.isEmpty()) {
      return Outcome.DONE;
    }
    Opening.Script first = script.get();
    String folder = first.folder().replace("\\", "\\\\").replace("'", "\\'");
    evaluator.execute("__import__('sys').path.insert(0, '" + folder + "')", first.name());
    return evaluator.execute(first.source(), first.name());
  }
}
