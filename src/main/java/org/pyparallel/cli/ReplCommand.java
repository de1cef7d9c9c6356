package org.pyparallel.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.repl.MagicRegistry;
import org.pyparallel.repl.Opening;
import org.pyparallel.repl.Palette;
import org.pyparallel.repl.Session;
import org.pyparallel.repl.SessionSeats;
import org.pyparallel.repl.Shell;
import org.pyparallel.repl.Shells;
import org.pyparallel.repl.Surroundings;

/// `repl`: opens the interpreters of a session and the shell that suits the terminal.
final class ReplCommand {
  /// Nobody writes a longer script.
  private static final int MOST_SOURCE = 64 << 20;

  private final Environment environment;

  ReplCommand(Environment environment) {
    this.environment = environment;
  }

  /// Runs until the user leaves or the input ends.
  ///
  /// @return the exit status
  int run(Arguments arguments) {
    ReplOptions options =
        ReplOptions.read(arguments, DefaultOptions.read(environment, Command.REPL));
    PythonPlanner planner = new PythonPlanner(environment, options.python());
    RuntimeName runtime = planner.runtime();
    Optional<Opening.Script> script = options.script().map(this::script);
    Shells.Kind kind = kind();
    try (Shell shell = Shells.open(kind, surroundings(options.color(), kind));
        SessionSeats seats =
            new SessionSeats(
                this::runtime,
                planner.options(),
                runtime,
                options.workers().resolve(environment.cores()),
                shell.screen(),
                shell::input)) {
      String banner = options.quiet() || kind == Shells.Kind.PIPE ? "" : banner(runtime, seats);
      Session session = new Session(seats, new MagicRegistry(seats, shell.screen()));
      return shell.run(session, new Opening(banner, script));
    }
  }

  private Shells.Kind kind() {
    if (!environment.isTerminal(Environment.Stream.STDIN)) {
      return Shells.Kind.PIPE;
    }
    String terminal = environment.variable("TERM");
    boolean movable =
        environment.isTerminal(Environment.Stream.STDOUT)
            && !terminal.isEmpty()
            && !terminal.equals("dumb");
    return movable ? Shells.Kind.EDITOR : Shells.Kind.LINES;
  }

  private Surroundings surroundings(ColorMode color, Shells.Kind kind) {
    Environment.Stream stream =
        kind == Shells.Kind.EDITOR ? Environment.Stream.STDOUT : Environment.Stream.STDERR;
    return new Surroundings(
        environment.stdin(),
        Channels.newOutputStream(environment.stdout()),
        environment.stderr(),
        environment.columns(),
        color.useColor(environment, stream) ? Palette.ANSI : Palette.NONE,
        environment.variables(),
        environment.workingDirectory());
  }

  /// @throws PyParallelException.RuntimeFailed if it is not there
  private Runtime runtime(RuntimeName name) {
    if (name != RuntimeName.GRAALPY) {
      return Runtimes.get(name, environment.runtimes());
    }
    try {
      return Runtimes.get(name, environment.runtimes());
    } catch (PyParallelException.RuntimeFailed e) {
      throw new PyParallelException.RuntimeFailed(
          "the libraries of graalpy are not in this session: begin one with pyparallel repl"
              + " --runtime graalpy, in which %interp new cpython opens others beside it",
          e);
    }
  }

  private String banner(RuntimeName runtime, SessionSeats seats) {
    int count = seats.all().size();
    return "pyparallel "
        + environment.version()
        + ": "
        + (count == 1 ? "1 interpreter" : count + " interpreters")
        + ", "
        + runtime.label()
        + "\n%help lists the magics, ?NAME tells about an object, Ctrl-D leaves";
  }

  /// @throws PyParallelException.Usage if it cannot be read
  private Opening.Script script(String name) {
    Path file =
        new ProgramPlanner(environment).script(new Program.ScriptFile(name), List.of()).file();
    try {
      if (Files.size(file) > MOST_SOURCE) {
        throw new PyParallelException.Usage("the script " + name + " is too large to be one");
      }
      String source =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      Path folder = file.getParent();
      return new Opening.Script(
          name,
          folder == null ? "/" : folder.toString(),
          source.startsWith("\ufeff") ? source.substring(1) : source);
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot read the script " + name + ": " + FileProblem.of(e));
    }
  }
}
