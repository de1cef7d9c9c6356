package org.pyparallel.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes the completion for fish: one `complete` line per command, option and operand.
final class FishCompletion {
  private static final String COMPLETE = "complete -c pyparallel";
  private static final String AT_START = " -n __fish_use_subcommand";

  private final StringBuilder script = new StringBuilder();

  String script() {
    script.append("# Made by \"pyparallel completion fish\".\n\n");
    line(" -f");
    for (OptionSpec option : Command.OVERVIEW.spec().options()) {
      option(AT_START, option);
    }
    for (Command command : Command.typed()) {
      String summary = command.summary();
      line(AT_START + " -a " + command.word() + " -d " + quoted(summary));
    }
    for (Command command : Command.typed()) {
      script.append('\n');
      command(command.word(), command.spec());
    }
    return script.toString();
  }

  private void command(String word, CommandSpec command) {
    String condition = " -n '__fish_seen_subcommand_from " + word + "'";
    for (OptionSpec option : command.options()) {
      option(condition, option);
    }
    for (PositionalParamSpec operand : command.positionalParameters()) {
      switch (Completable.of(operand)) {
        case SCRIPT -> line(condition + " -k -a '(__fish_complete_suffix .py)'");
        case FILE -> line(condition + " -F");
        case CHOICE ->
            line(condition + " -a " + quoted(String.join(" ", Completable.choices(operand))));
        case TEXT, ATTACHED, NOTHING -> {}
      }
    }
  }

  private void option(String condition, OptionSpec option) {
    StringBuilder text = new StringBuilder(condition);
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    switch (Completable.of(option)) {
      case CHOICE ->
          text.append(" -x -a ").append(quoted(String.join(" ", Completable.choices(option))));
      case FILE, SCRIPT -> text.append(" -r -F");
      case TEXT -> text.append(" -x");
      case ATTACHED, NOTHING -> {}
    }
    text.append(" -d ").append(quoted(Completable.brief(option)));
    line(text.toString());
  }

  private void line(String rest) {
    script.append(COMPLETE).append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
