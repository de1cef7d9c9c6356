package org.pyparallel.cli;

import static org.pyparallel.cli.OptionDef.Section.OPTIONS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands.
enum Command {
  /// `pyparallel` itself.
  OVERVIEW(""),
  RUN("run"),
  DOCTOR("doctor"),
  PYTHON("python"),
  COMPLETION("completion");

  private final String word;

  Command(String word) {
    this.word = word;
  }

  /// The word the user types, empty for [#OVERVIEW].
  String word() {
    return word;
  }

  /// The command of this name, or null if there is none.
  static @Nullable Command named(String word) {
    return switch (word) {
      case "run" -> RUN;
      case "doctor" -> DOCTOR;
      case "python" -> PYTHON;
      case "completion" -> COMPLETION;
      default -> null;
    };
  }

  /// The commands a user can type, in the order of the help.
  static List<Command> typed() {
    return List.of(RUN, DOCTOR, PYTHON, COMPLETION);
  }

  /// Their words.
  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Command command : typed()) {
      words.add(command.word);
    }
    return words;
  }

  /// Its options and operands, made anew.
  CommandDef definition() {
    return switch (this) {
      case OVERVIEW ->
          new CommandDef(
              word,
              "Runs one Python script over sharded input in many interpreters.",
              "COMMAND [ARGUMENTS...]",
              List.of(HELP, VERSION),
              List.of());
      case RUN ->
          new CommandDef(
              word,
              "Run a script over its input, in parallel",
              "[OPTIONS] SCRIPT [INPUT...] [-- ARGS...]",
              RunOption.ALL,
              List.of(
                  new OperandDef(
                      "SCRIPT",
                      OperandDef.Arity.ONE,
                      OperandDef.Kind.SCRIPT,
                      List.of(),
                      "The Python script."),
                  new OperandDef(
                      "INPUT",
                      OperandDef.Arity.ANY,
                      OperandDef.Kind.FILE,
                      List.of(),
                      "Its input files.")));
      case DOCTOR ->
          new CommandDef(
              word,
              "Show what can run here, and what is missing",
              "[OPTIONS]",
              List.of(OptionDef.flag(OPTIONS, List.of("--json"), "The same as JSON."), HELP),
              List.of());
      case PYTHON ->
          new CommandDef(
              word,
              "Run the bundled CPython (-m venv, -m pip, any script)",
              "[ARGUMENTS...]",
              List.of(),
              List.of(
                  new OperandDef(
                      "ARGUMENTS",
                      OperandDef.Arity.ANY,
                      OperandDef.Kind.FILE,
                      List.of(),
                      "Passed on to Python.")));
      case COMPLETION ->
          new CommandDef(
              word,
              "Print a completion script for a shell",
              "SHELL",
              List.of(HELP),
              List.of(
                  new OperandDef(
                      "SHELL",
                      OperandDef.Arity.ONE,
                      OperandDef.Kind.CHOICE,
                      List.of("bash", "zsh", "fish"),
                      "The shell.")));
    };
  }

  /// Shows a command's help.
  static final OptionDef HELP = OptionDef.flag(OPTIONS, List.of("-h", "--help"), "Show this help.");

  /// Shows the version.
  static final OptionDef VERSION =
      OptionDef.flag(OPTIONS, List.of("-V", "--version"), "Show the version.");
}
