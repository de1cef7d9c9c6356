package org.pyparallel.cli;

import java.io.PrintStream;
import java.util.List;
import org.pyparallel.job.PyParallelException;

/// The whole command line: from the words to the exit status.
public final class CommandLines {
  private final Environment environment;

  private CommandLines(Environment environment) {
    this.environment = environment;
  }

  /// Makes one for an environment. Does nothing yet.
  public static CommandLines create(Environment environment) {
    return new CommandLines(environment);
  }

  /// Runs a command to its end. Throws nothing that has a meaning to users.
  ///
  /// @param words what was typed after `pyparallel`
  /// @return the exit status
  public int execute(String... words) {
    try {
      return dispatch(List.of(words));
    } catch (CommandLineError e) {
      return report(e);
    } catch (PyParallelException e) {
      environment.stderr().println("pyparallel: " + e.getMessage());
      return ExitStatus.of(e).code();
    } catch (RuntimeException | Error e) {
      return report(e);
    }
  }

  private int dispatch(List<String> words) {
    if (words.isEmpty()) {
      return help(Command.OVERVIEW);
    }
    String word = words.getFirst();
    Command command = Command.named(word);
    if (command == null) {
      return overview(words);
    }
    return command == Command.PYTHON
        ? BundledPython.run(environment, words.subList(1, words.size()))
        : parsed(command, words);
  }

  private int parsed(Command command, List<String> typed) {
    List<String> words = typed.subList(1, typed.size());
    List<String> expanded = ArgumentFiles.expand(words, environment.workingDirectory(), command);
    Arguments arguments = Arguments.parse(command, expanded, "");
    if (arguments.has("--help")) {
      return help(command);
    }
    return switch (command) {
      case RUN, MAP, FILTER, REDUCE -> new RunCommand(environment).run(arguments, typed);
      case REPL -> new ReplCommand(environment).run(arguments);
      case DOCTOR -> doctor(arguments).code();
      case COMPLETION -> completion(arguments).code();
      case OVERVIEW, PYTHON -> throw new IllegalStateException(command.word());
    };
  }

  /// `pyparallel` with options of its own, or with a word that is no command.
  private int overview(List<String> words) {
    if (!words.getFirst().startsWith("-")) {
      throw unknownCommand(words.getFirst());
    }
    Arguments arguments = Arguments.parse(Command.OVERVIEW, words, "");
    if (arguments.has("--version") && !arguments.has("--help")) {
      StandardOutput.print(environment.stdout(), "pyparallel " + environment.version() + "\n");
      return ExitStatus.OK.code();
    }
    return help(Command.OVERVIEW);
  }

  private static CommandLineError unknownCommand(String word) {
    List<String> meant =
        word.endsWith(".py")
            ? List.of("pyparallel run " + word)
            : Suggestions.of(word, Command.words());
    return new CommandLineError(
        "unknown command '" + word + "'", Command.OVERVIEW.helpCommand(), meant);
  }

  private int help(Command command) {
    StandardOutput.print(environment.stdout(), HelpText.of(command, environment));
    return ExitStatus.OK.code();
  }

  private ExitStatus doctor(Arguments arguments) {
    rejectOperands(arguments, 1);
    return new DoctorCommand(environment).run(arguments);
  }

  private ExitStatus completion(Arguments arguments) {
    List<String> shells = Command.SHELLS;
    if (arguments.operands().isEmpty()) {
      throw arguments.error("SHELL is missing: one of " + String.join(", ", shells));
    }
    rejectOperands(arguments, 1);
    String shell = arguments.operands().getFirst();
    if (!shells.contains(shell)) {
      throw arguments.error(
          "no completion for the shell '"
              + shell
              + "': must be one of "
              + String.join(", ", shells));
    }
    StandardOutput.print(environment.stdout(), Completion.of(shell));
    return ExitStatus.OK;
  }

  private static void rejectOperands(Arguments arguments, int allowed) {
    if (arguments.operands().size() > allowed) {
      throw arguments.error("unexpected argument '" + arguments.operands().get(allowed) + "'");
    }
    if (!arguments.rest().isEmpty()) {
      throw arguments.error("unexpected argument '" + arguments.rest().getFirst() + "'");
    }
  }

  private int report(CommandLineError error) {
    PrintStream stderr = environment.stderr();
    stderr.println("pyparallel: " + error.getMessage());
    if (!error.suggestions().isEmpty()) {
      stderr.println("Did you mean: " + String.join(" or ", error.suggestions()) + "?");
    }
    stderr.println("Try '" + error.helpCommand() + "'");
    return ExitStatus.USAGE.code();
  }

  private int report(Throwable bug) {
    environment.stderr().println("pyparallel: internal error, please report it: " + bug);
    bug.printStackTrace(environment.stderr());
    return ExitStatus.BROKEN.code();
  }
}
