package org.pyparallel.repl;

import java.util.List;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.job.PyParallelException;

/// Runs entries: a magic, a question about an object, or Python for the current interpreter. Shows
/// what went wrong. One thread.
final class Evaluator {
  private static final int BROKEN = 1;
  private static final int MOST = 255;

  private final Session session;
  private final Screen screen;
  private final Interrupts interrupts;
  private final Waiting waiting;
  private final TracebackText tracebacks;
  private int inputs;

  Evaluator(Session session, Screen screen, Interrupts interrupts, Palette palette) {
    this.session = session;
    this.screen = screen;
    this.interrupts = interrupts;
    waiting = new Waiting(screen, interrupts);
    tracebacks = new TracebackText(palette);
  }

  /// Runs what was typed at a prompt; the values of expressions are shown.
  Outcome evaluate(String entry) {
    if (session.magics().handles(entry)) {
      return magic(entry);
    }
    Question question = Question.of(entry);
    if (question != null) {
      return inspect(question);
    }
    inputs++;
    return run(entry, "1", "<input " + inputs + ">");
  }

  /// Runs code as a script's is run: without showing values.
  ///
  /// @param name what tracebacks call it
  Outcome execute(String source, String name) {
    return session.magics().handles(source) ? magic(source) : run(source, "0", name);
  }

  private Outcome magic(String entry) {
    Magics magics = session.magics();
    return interrupts.during(
        magics::interrupt, () -> magics.run(entry) ? Outcome.DONE : Outcome.FAILED);
  }

  private Outcome inspect(Question question) {
    List<String> answer;
    try {
      answer =
          waiting.ask(
              session.seats().current(), "inspect", question.expression(), question.detail());
    } catch (ConsoleDied | PyParallelException e) {
      return dead(e);
    }
    if (answer == null) {
      return Outcome.INTERRUPTED;
    }
    String text = answer.isEmpty() ? "" : answer.getFirst();
    if (text.isBlank()) {
      screen.error("nothing is known of " + question.expression() + "\n");
      return Outcome.FAILED;
    }
    screen.print(text.endsWith("\n") ? text : text + "\n");
    return Outcome.DONE;
  }

  private Outcome run(String source, String echo, String name) {
    List<String> answer;
    try {
      answer = waiting.ask(session.seats().current(), "run", source, echo, name);
    } catch (ConsoleDied | PyParallelException e) {
      return dead(e);
    }
    if (answer == null || answer.isEmpty()) {
      return Outcome.INTERRUPTED;
    }
    return switch (answer.getFirst()) {
      case "ok" -> Outcome.DONE;
      case "exit" -> left(answer.size() > 1 ? answer.get(1) : "");
      case "interrupted" -> {
        screen.error("KeyboardInterrupt\n");
        yield Outcome.INTERRUPTED;
      }
      default -> {
        screen.error(tracebacks.of(traceback(answer)));
        yield Outcome.FAILED;
      }
    };
  }

  /// The traceback of an error, or its type and message where there is none.
  private static String traceback(List<String> answer) {
    if (answer.size() > 3 && !answer.get(3).isBlank()) {
      return answer.get(3);
    }
    return String.join(
        ": ", answer.subList(Math.min(1, answer.size()), Math.min(3, answer.size())));
  }

  /// A status that is no number is a message, as for Python itself.
  private Outcome left(String status) {
    if (status.isEmpty() || status.equals("None")) {
      return new Outcome.Left(0);
    }
    try {
      return new Outcome.Left((int) (Long.parseLong(status) & MOST));
    } catch (NumberFormatException _) {
      screen.error(status + "\n");
      return new Outcome.Left(BROKEN);
    }
  }

  private Outcome dead(RuntimeException failure) {
    screen.error("pyparallel: " + failure.getMessage() + "\n");
    return Outcome.DEAD;
  }
}
