package org.pyparallel.cli;

import java.nio.channels.Channels;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.repl.Palette;
import org.pyparallel.repl.Shells;
import org.pyparallel.repl.Surroundings;

/// Where a session takes place: what is at the other end, and which runtimes there are.
final class SessionPlace {
  private final Environment environment;
  private final Environment.Stream screen;

  /// One that is shown on standard output.
  SessionPlace(Environment environment) {
    this(environment, Environment.Stream.STDOUT);
  }

  private SessionPlace(Environment environment, Environment.Stream screen) {
    this.environment = environment;
    this.screen = screen;
  }

  /// One that is shown on the terminal, wherever standard output leads.
  static SessionPlace besideResults(Environment environment) {
    return new SessionPlace(
        environment,
        environment.isTerminal(Environment.Stream.STDOUT)
            ? Environment.Stream.STDOUT
            : Environment.Stream.STDERR);
  }

  /// What is at the other end.
  Shells.Kind kind() {
    if (!environment.isTerminal(Environment.Stream.STDIN)) {
      return Shells.Kind.PIPE;
    }
    String terminal = environment.variable("TERM");
    boolean movable =
        environment.isTerminal(screen) && !terminal.isEmpty() && !terminal.equals("dumb");
    return movable ? Shells.Kind.EDITOR : Shells.Kind.LINES;
  }

  /// @param kind what [#kind] says
  Surroundings surroundings(ColorMode color, Shells.Kind kind) {
    Environment.Stream stream = kind == Shells.Kind.EDITOR ? screen : Environment.Stream.STDERR;
    return new Surroundings(
        environment.stdin(),
        screen == Environment.Stream.STDERR
            ? environment.stderr()
            : Channels.newOutputStream(environment.stdout()),
        environment.stderr(),
        environment.columns(),
        color.useColor(environment, stream) ? Palette.ANSI : Palette.NONE,
        environment.variables(),
        environment.workingDirectory());
  }

  /// What further interpreters of a session are made by.
  ///
  /// @throws PyParallelException.RuntimeFailed if it is not there
  Runtime runtime(RuntimeName name) {
    try {
      return Runtimes.get(name, environment.runtimes());
    } catch (PyParallelException.RuntimeFailed e) {
      if (name != RuntimeName.GRAALPY) {
        throw e;
      }
      throw new PyParallelException.RuntimeFailed(
          "the libraries of graalpy are not in this session: begin one with pyparallel repl"
              + " --runtime graalpy, in which %interp new cpython opens others beside it",
          e);
    }
  }

  /// The same, on the user's own Python where there is one: where that is not embedded, `cpython`
  /// is the bundled one.
  ///
  /// @throws PyParallelException.RuntimeFailed if it is not there
  Runtime runtime(RuntimeName name, PythonProgram program) {
    Runtime runtime = runtime(name);
    return name == RuntimeName.GRAALPY ? runtime : program.on(name, runtime);
  }
}
