package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes the completion for bash: a function that looks at the command, at the option before the
/// cursor, and at how many operands there are. Needs nothing but bash 3.2.
final class BashCompletion {
  private final StringBuilder script = new StringBuilder();

  String script() {
    script.append(
        """
        # Made by "pyparallel completion bash".

        _pyparallel_files() {
          local IFS=$'\\n'
          type compopt > /dev/null 2>&1 && compopt -o filenames
          COMPREPLY=($(compgen -f -- "$1"))
        }

        _pyparallel_scripts() {
          local IFS=$'\\n'
          type compopt > /dev/null 2>&1 && compopt -o filenames
          COMPREPLY=($(compgen -f -X '!*.py' -- "$1") $(compgen -d -- "$1"))
        }

        _pyparallel() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
          local command=${COMP_WORDS[1]} operand=0 i
          COMPREPLY=()
          [ "$current" = = ] && current=
          [ "$previous" = = ] && previous=${COMP_WORDS[COMP_CWORD - 2]}
          if [ "$COMP_CWORD" -eq 1 ]; then
            COMPREPLY=($(compgen -W "%s" -- "$current"))
            return
          fi
          case $command in
        """
            .replace("%s", words(Command.OVERVIEW.spec(), Command.words())));
    for (Command command : Command.typed()) {
      command(command.word(), command.spec());
    }
    script.append(
        """
          esac
        }

        complete -F _pyparallel pyparallel
        """);
    return script.toString();
  }

  private void command(String word, CommandSpec command) {
    script.append("    ").append(word).append(")\n");
    List<String> valued = values(command);
    if (!command.options().isEmpty()) {
      script.append("      if [ \"${current:0:1}\" = - ]; then\n");
      reply("        ", words(command, List.of()));
      script.append("        return\n      fi\n");
    }
    operands(command, valued);
    script.append("      ;;\n");
  }

  /// Completes the values of options; returns the options that have one.
  private List<String> values(CommandSpec command) {
    List<String> valued = new ArrayList<>();
    StringBuilder cases = new StringBuilder();
    for (OptionSpec option : command.options()) {
      if (Completable.of(option) != Completable.NOTHING
          && Completable.of(option) != Completable.ATTACHED) {
        valued.addAll(List.of(option.names()));
        String action =
            switch (Completable.of(option)) {
              case FILE, SCRIPT -> "_pyparallel_files \"$current\"; ";
              case CHOICE ->
                  "COMPREPLY=($(compgen -W \""
                      + String.join(" ", Completable.choices(option))
                      + "\" -- \"$current\")); ";
              case TEXT, ATTACHED, NOTHING -> "";
            };
        cases.append("        ").append(String.join(" | ", option.names())).append(") ");
        cases.append(action).append("return ;;\n");
      }
    }
    if (!cases.isEmpty()) {
      script.append("      case $previous in\n").append(cases).append("      esac\n");
    }
    return valued;
  }

  private void operands(CommandSpec command, List<String> valued) {
    for (PositionalParamSpec operand : command.positionalParameters()) {
      switch (Completable.of(operand)) {
        case SCRIPT -> {
          script.append("      for ((i = 2; i < COMP_CWORD; i++)); do\n");
          script.append("        case ${COMP_WORDS[i]} in\n");
          script.append("          ").append(String.join(" | ", valued)).append(")\n");
          script.append("            [ \"${COMP_WORDS[i + 1]}\" = = ] && ((i++))\n");
          script.append("            ((i++))\n            ;;\n");
          script.append("          --) operand=1 ;;\n");
          script.append("          -?*) ;;\n          *) operand=1 ;;\n");
          script.append("        esac\n      done\n");
          script.append("      if [ $operand -eq 0 ]; then\n");
          script.append("        _pyparallel_scripts \"$current\"\n        return\n      fi\n");
        }
        case FILE -> script.append("      _pyparallel_files \"$current\"\n");
        case CHOICE -> reply("      ", String.join(" ", Completable.choices(operand)));
        case TEXT, ATTACHED, NOTHING -> {}
      }
    }
  }

  private void reply(String indent, String words) {
    script.append(indent).append("COMPREPLY=($(compgen -W \"").append(words);
    script.append("\" -- \"$current\"))\n");
  }

  private static String words(CommandSpec command, List<String> others) {
    List<String> words = new ArrayList<>(others);
    for (OptionSpec option : command.options()) {
      words.addAll(List.of(option.names()));
    }
    return String.join(" ", words);
  }
}
