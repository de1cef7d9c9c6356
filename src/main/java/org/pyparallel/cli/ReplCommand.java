package org.pyparallel.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.repl.MagicRegistry;
import org.pyparallel.repl.Opening;
import org.pyparallel.repl.Session;
import org.pyparallel.repl.SessionSeats;
import org.pyparallel.repl.Shell;
import org.pyparallel.repl.Shells;

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
    SessionPlace place = new SessionPlace(environment);
    Shells.Kind kind = place.kind();
    try (Shell shell = Shells.open(kind, place.surroundings(options.color(), kind));
        SessionSeats seats =
            new SessionSeats(
                name -> place.runtime(name, planner.program()),
                planner.options(),
                runtime,
                options.workers().resolve(environment.cores()),
                shell.screen(),
                shell::input)) {
      String banner = options.quiet() || kind == Shells.Kind.PIPE ? "" : banner(planner, seats);
      Session session = new Session(seats, new MagicRegistry(seats, shell.screen()));
      return shell.run(session, new Opening(banner, script));
    }
  }

  private String banner(PythonPlanner planner, SessionSeats seats) {
    int count = seats.all().size();
    return "pyparallel "
        + environment.version()
        + ": "
        + (count == 1 ? "1 interpreter" : count + " interpreters")
        + ", "
        + seats.python()
        + planner.program().path().map(path -> " (" + path + ")").orElse("")
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
