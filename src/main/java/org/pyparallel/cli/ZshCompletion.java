package org.pyparallel.cli;

/// Writes the completion for zsh: one `_arguments` call per command.
final class ZshCompletion {
  private static final String CONTINUED = " \\\n";

  private final StringBuilder script = new StringBuilder();

  String script() {
    script.append(
        """
        #compdef pyparallel
        # Made by "pyparallel completion zsh".

        _pyparallel() {
          local curcontext=$curcontext state state_descr line
          typeset -A opt_args
          _arguments -C \\
        """);
    options(Command.OVERVIEW.definition(), "    ");
    script.append(
        """
            '1: :->command' \\
            '*:: :->arguments'
          case $state in
            command)
              local -a commands
              commands=(
        """);
    for (Command command : Command.typed()) {
      String summary = command.definition().summary();
      script.append("        ").append(quoted(command.word() + ":" + escaped(summary)));
      script.append('\n');
    }
    script.append(
        """
              )
              _describe command commands
              ;;
            arguments)
              case $words[1] in
        """);
    for (Command command : Command.typed()) {
      command(command.definition());
    }
    script.append(
        """
              esac
              ;;
          esac
        }

        if [ "$funcstack[1]" = _pyparallel ]; then
          _pyparallel "$@"
        else
          compdef _pyparallel pyparallel
        fi
        """);
    return script.toString();
  }

  private void command(CommandDef command) {
    String indent = "            ";
    script.append("        ").append(command.name()).append(")\n");
    script.append("          _arguments -s");
    if (!command.options().isEmpty()) {
      script.append(" \\\n");
      options(command, indent);
      script.setLength(script.length() - CONTINUED.length());
    }
    int position = 1;
    for (OperandDef operand : command.operands()) {
      String place = operand.arity() == OperandDef.Arity.ANY ? "*" : Integer.toString(position++);
      script.append(CONTINUED).append(indent);
      script.append(quoted(place + ":" + operand.label() + ":" + action(operand)));
    }
    script.append("\n          ;;\n");
  }

  private void options(CommandDef command, String indent) {
    for (OptionDef option : command.options()) {
      String value = option.takesValue() ? ":" + option.label() + ":" + action(option) : "";
      String brief = "[" + escaped(option.brief()) + "]";
      script.append(indent);
      if (option.names().size() == 1) {
        script.append(quoted(spelling(option, option.name()) + brief + value));
      } else {
        script.append(quoted("(" + String.join(" ", option.names()) + ")"));
        String separator = "{";
        for (String name : option.names()) {
          script.append(separator).append(spelling(option, name));
          separator = ",";
        }
        script.append('}').append(quoted(brief + value));
      }
      script.append(CONTINUED);
    }
  }

  private static String spelling(OptionDef option, String name) {
    if (!option.takesValue()) {
      return name;
    }
    return name + (name.startsWith("--") ? "=" : "+");
  }

  private static String action(OptionDef option) {
    return switch (option.kind()) {
      case FILE -> "_files";
      case CHOICE -> "(" + String.join(" ", option.choices()) + ")";
      case TEXT, FLAG -> " ";
    };
  }

  private static String action(OperandDef operand) {
    return switch (operand.kind()) {
      case SCRIPT -> "_files -g \"*.py\"";
      case FILE -> "_files";
      case CHOICE -> "(" + String.join(" ", operand.choices()) + ")";
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
