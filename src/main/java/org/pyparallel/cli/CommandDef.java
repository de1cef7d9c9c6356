package org.pyparallel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command with its options and operands.
///
/// @param name the word after `pyparallel`, empty for `pyparallel` itself
/// @param summary what it does, in one line
/// @param synopsis what follows its name
/// @param options in the order of the help
/// @param operands in the order they are typed
record CommandDef(
    String name,
    String summary,
    String synopsis,
    List<OptionDef> options,
    List<OperandDef> operands) {
  CommandDef {
    options = List.copyOf(options);
    operands = List.copyOf(operands);
  }

  /// Whether it runs a script, which may have options of its own.
  boolean takesScript() {
    return !operands.isEmpty() && operands.getFirst().kind() == OperandDef.Kind.SCRIPT;
  }

  /// What to type to run it.
  String invocation() {
    return name.isEmpty() ? "pyparallel" : "pyparallel " + name;
  }

  /// What to type to read its help.
  String helpCommand() {
    return invocation() + " --help";
  }

  /// The option of this spelling, or null if there is none.
  @Nullable OptionDef option(String spelling) {
    for (OptionDef option : options) {
      if (option.names().contains(spelling)) {
        return option;
      }
    }
    return null;
  }
}
