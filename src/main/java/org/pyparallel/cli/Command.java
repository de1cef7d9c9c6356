package org.pyparallel.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.OneLiner;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands, described in picocli's model: what the parser accepts, the help says and the
/// completions offer.
enum Command {
  /// `pyparallel` itself.
  OVERVIEW("", "Runs one Python script over sharded input in many interpreters."),
  RUN("run", "Run a script over its input, in parallel"),
  MAP("map", "Print the value of a Python expression for each record"),
  FILTER("filter", "Print the records for which a Python expression is true"),
  REDUCE("reduce", "Make all records one with a Python expression of two"),
  REPL("repl", "Explore in an interactive shell over several interpreters"),
  DOCTOR("doctor", "Show what can run here, or which runtime can take a script"),
  PYTHON("python", "Run the bundled CPython (-m venv, -m pip, any script)"),
  COMPLETION("completion", "Print a completion script for a shell");

  /// The shells there are completions for.
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final String word;
  private final String summary;

  Command(String word, String summary) {
    this.word = word;
    this.summary = summary;
  }

  /// The word the user types, empty for [#OVERVIEW].
  String word() {
    return word;
  }

  /// What it does, in one line.
  String summary() {
    return summary;
  }

  /// What to type to run it.
  String invocation() {
    return word.isEmpty() ? "pyparallel" : "pyparallel ".concat(word);
  }

  /// What to type to read its help.
  String helpCommand() {
    return invocation().concat(" --help");
  }

  /// The command of this name, or null if there is none.
  static @Nullable Command named(String word) {
    return switch (word) {
      case "run" -> RUN;
      case "map" -> MAP;
      case "filter" -> FILTER;
      case "reduce" -> REDUCE;
      case "repl" -> REPL;
      case "doctor" -> DOCTOR;
      case "python" -> PYTHON;
      case "completion" -> COMPLETION;
      default -> null;
    };
  }

  /// The commands a user can type, in the order of the help.
  static List<Command> typed() {
    return List.of(RUN, MAP, FILTER, REDUCE, REPL, DOCTOR, PYTHON, COMPLETION);
  }

  /// Whether it runs Python over records, and so has the options in [RunFlags].
  boolean runs() {
    return this == RUN || kind() != null;
  }

  /// What the value of its expression means, or null if it takes none.
  OneLiner.@Nullable Kind kind() {
    return switch (this) {
      case MAP -> OneLiner.Kind.MAP;
      case FILTER -> OneLiner.Kind.FILTER;
      case REDUCE -> OneLiner.Kind.REDUCE;
      case OVERVIEW, RUN, REPL, DOCTOR, PYTHON, COMPLETION -> null;
    };
  }

  /// Their words.
  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Command command : typed()) {
      words.add(command.word);
    }
    return words;
  }

  /// Its options and operands, made anew: a model belongs to one parser.
  CommandSpec spec() {
    return spec(null);
  }

  /// What of its options and operands is needed to parse these words: the model of an option takes
  /// longer to build than to use, and most runs are given a few of sixty.
  ///
  /// @param words the words, or null for all options
  CommandSpec spec(@Nullable List<String> words) {
    CommandSpec spec = CommandSpec.create().name(invocation()).interpolateVariables(false);
    spec.usageMessage().description(summary);
    switch (this) {
      case OVERVIEW -> {
        spec.usageMessage().customSynopsis("COMMAND [ARGUMENTS...]");
        spec.addOption(flag("Show this help.", "-h", "--help"));
        spec.addOption(flag("Show the version.", "-V", "--version"));
      }
      case RUN -> {
        run(spec, "SCRIPT", words);
        spec.addPositional(operand("0", "SCRIPT", "The Python script."));
        spec.addPositional(operand("1..*", "INPUT", "Its input files."));
      }
      case MAP, FILTER, REDUCE -> {
        run(spec, "EXPR", words);
        spec.addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("EXPR")
                .description("The Python expression.")
                .build());
        spec.addPositional(operand("1..*", "INPUT", "Its input files."));
      }
      case REPL -> {
        spec.usageMessage().customSynopsis("[OPTIONS]");
        for (RunOption option : ReplFlags.all()) {
          spec.addOption(option.spec());
        }
      }
      case DOCTOR -> {
        spec.usageMessage().customSynopsis("[OPTIONS] [SCRIPT]");
        spec.addOption(flag("The same as JSON.", "--json"));
        for (RunOption option : DoctorCommand.PYTHON) {
          spec.addOption(option.spec());
        }
        spec.addOption(flag("Show this help.", "-h", "--help"));
        spec.addPositional(operand("0", "SCRIPT", "The Python script."));
      }
      case PYTHON -> {
        spec.usageMessage().customSynopsis("[ARGUMENTS...]");
        spec.addPositional(operand("0..*", "ARGUMENTS", "Passed on to Python."));
      }
      case COMPLETION -> {
        spec.usageMessage().customSynopsis("SHELL");
        spec.addOption(flag("Show this help.", "-h", "--help"));
        spec.addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("SHELL")
                .completionCandidates(SHELLS)
                .description("The shell.")
                .build());
      }
    }
    return spec;
  }

  private void run(CommandSpec spec, String program, @Nullable List<String> words) {
    spec.usageMessage()
        .customSynopsis("[OPTIONS] " + program + " [INPUT...] [::: ARG...] [-- ARGS...]");
    for (RunOption option : RunFlags.of(this)) {
      if (words == null || option.isAmong(words)) {
        spec.addOption(option.spec());
      }
    }
  }

  private static OptionSpec flag(String help, String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).description(help).build();
  }

  private static PositionalParamSpec operand(String index, String label, String help) {
    boolean many = index.endsWith("*");
    return PositionalParamSpec.builder()
        .index(index)
        .arity(many ? "0..*" : "0..1")
        .type(many ? File[].class : File.class)
        .paramLabel(label)
        .description(help)
        .build();
  }
}
