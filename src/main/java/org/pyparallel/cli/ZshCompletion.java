package org.pyparallel.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

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
    options(Command.OVERVIEW.spec(), "    ");
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
      String summary = command.summary();
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
      command(command.word(), command.spec());
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

  private void command(String word, CommandSpec command) {
    String indent = "            ";
    script.append("        ").append(word).append(")\n");
    script.append("          _arguments -s");
    if (!command.options().isEmpty()) {
      script.append(" \\\n");
      options(command, indent);
      script.setLength(script.length() - CONTINUED.length());
    }
    int position = 1;
    for (PositionalParamSpec operand : command.positionalParameters()) {
      String place = operand.index().isVariable() ? "*" : Integer.toString(position++);
      script.append(CONTINUED).append(indent);
      script.append(quoted(place + ":" + operand.paramLabel() + ":" + action(operand)));
    }
    script.append("\n          ;;\n");
  }

  private void options(CommandSpec command, String indent) {
    for (OptionSpec option : command.options()) {
      String value =
          switch (Completable.of(option)) {
            case NOTHING -> "";
            case ATTACHED -> "::" + option.paramLabel() + ": ";
            case TEXT, SCRIPT, FILE, CHOICE -> ":" + option.paramLabel() + ":" + action(option);
          };
      String brief = "[" + escaped(Completable.brief(option)) + "]";
      script.append(indent);
      if (option.names().length == 1) {
        script.append(quoted(spelling(option, option.longestName()) + brief + value));
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

  private static String spelling(OptionSpec option, String name) {
    return switch (Completable.of(option)) {
      case NOTHING -> name;
      case ATTACHED -> name + "=-";
      case TEXT, SCRIPT, FILE, CHOICE -> name + (name.startsWith("--") ? "=" : "+");
    };
  }

  private static String action(ArgSpec argument) {
    return switch (Completable.of(argument)) {
      case SCRIPT -> "_files -g \"*.py\"";
      case FILE -> "_files";
      case CHOICE -> "(" + String.join(" ", Completable.choices(argument)) + ")";
      case TEXT, ATTACHED, NOTHING -> " ";
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
