package org.pyparallel.cli;

/// Writes the completion for fish: one `complete` line per command, option and operand.
final class FishCompletion {
  private static final String COMPLETE = "complete -c pyparallel";
  private static final String AT_START = " -n __fish_use_subcommand";

  private final StringBuilder script = new StringBuilder();

  String script() {
    script.append("# Made by \"pyparallel completion fish\".\n\n");
    line(" -f");
    for (OptionDef option : Command.OVERVIEW.definition().options()) {
      option(AT_START, option);
    }
    for (Command command : Command.typed()) {
      String summary = command.definition().summary();
      line(AT_START + " -a " + command.word() + " -d " + quoted(summary));
    }
    for (Command command : Command.typed()) {
      script.append('\n');
      command(command.definition());
    }
    return script.toString();
  }

  private void command(CommandDef command) {
    String condition = " -n '__fish_seen_subcommand_from " + command.name() + "'";
    for (OptionDef option : command.options()) {
      option(condition, option);
    }
    for (OperandDef operand : command.operands()) {
      switch (operand.kind()) {
        case SCRIPT -> line(condition + " -k -a '(__fish_complete_suffix .py)'");
        case FILE -> line(condition + " -F");
        case CHOICE -> line(condition + " -a " + quoted(String.join(" ", operand.choices())));
      }
    }
  }

  private void option(String condition, OptionDef option) {
    StringBuilder text = new StringBuilder(condition);
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    switch (option.kind()) {
      case CHOICE -> text.append(" -x -a ").append(quoted(String.join(" ", option.choices())));
      case FILE -> text.append(" -r -F");
      case TEXT -> text.append(" -x");
      case FLAG -> {}
    }
    text.append(" -d ").append(quoted(option.brief()));
    line(text.toString());
  }

  private void line(String rest) {
    script.append(COMPLETE).append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
