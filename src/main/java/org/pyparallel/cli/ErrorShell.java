package org.pyparallel.cli;

import java.util.Optional;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.pool.Inquest;
import org.pyparallel.repl.Adopted;
import org.pyparallel.repl.MagicRegistry;
import org.pyparallel.repl.Opening;
import org.pyparallel.repl.Session;
import org.pyparallel.repl.SessionSeats;
import org.pyparallel.repl.Shell;
import org.pyparallel.repl.Shells;

/// The shell inside the interpreter that failed (`--repl-on-error`), after a run.
final class ErrorShell {
  private final Environment environment;
  private final RunPlan plan;
  private final ColorMode color;

  ErrorShell(Environment environment, RunPlan plan, ColorMode color) {
    this.environment = environment;
    this.plan = plan;
    this.color = color;
  }

  /// Checks that a shell could be opened.
  ///
  /// @throws PyParallelException.Usage if nobody could type into it
  static void check(Environment environment) {
    boolean typed = environment.isTerminal(Environment.Stream.STDIN);
    if (typed && environment.isTerminal(Environment.Stream.STDERR)) {
      return;
    }
    throw new PyParallelException.Usage(
        SafetyFlags.REPL_ON_ERROR.longName()
            + " opens a shell, and standard "
            + (typed ? "error" : "input")
            + " is no terminal: "
            + (typed ? "do not redirect it" : "name the input as files"));
  }

  /// Opens it, and stays until the user leaves. Where the interpreter cannot be looked into, it
  /// says why.
  void open(Inquest inquest) {
    SessionPlace place = SessionPlace.besideResults(environment);
    Shells.Kind kind = place.kind();
    Adopted adopted = new Adopted(plan.runtime(), inquest::console, inquest::begin);
    try (Shell shell = Shells.open(kind, place.surroundings(color, kind));
        SessionSeats seats =
            new SessionSeats(
                place::runtime, plan.python(), adopted, shell.screen(), shell::input)) {
      Session session = new Session(seats, new MagicRegistry(seats, shell.screen()));
      shell.run(session, new Opening(banner(), Optional.empty()));
    }
  }

  private String banner() {
    String where =
        plan.script().oneLiner().isPresent()
            ? "the " + name(plan.script().oneLiner().get()) + " expression"
            : plan.script().file().toString();
    return "Inside the interpreter that failed, in "
        + where
        + "\nrecord is what it was given last, if anything, error what it raised;"
        + " import pdb; pdb.pm() goes there"
        + "\n%help lists the magics, ?NAME tells about an object, Ctrl-D leaves";
  }

  private static String name(OneLiner expression) {
    return switch (expression.kind()) {
      case MAP -> "map";
      case FILTER -> "filter";
      case REDUCE -> "reduce";
    };
  }
}
