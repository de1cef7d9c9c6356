package org.pyparallel.cli;

import java.util.List;

/// One operand of a command, a word that is no option.
///
/// @param label how the help calls it
/// @param arity how often it may stand there
/// @param kind what it is
/// @param choices the words it may be, empty unless `kind` is [Kind#CHOICE]
/// @param help one sentence
record OperandDef(String label, Arity arity, Kind kind, List<String> choices, String help) {
  /// How often an operand stands on the command line.
  enum Arity {
    ONE,
    ANY
  }

  /// What an operand names.
  enum Kind {
    /// A Python script.
    SCRIPT,
    /// Any file.
    FILE,
    /// One of a fixed set of words.
    CHOICE
  }

  OperandDef {
    choices = List.copyOf(choices);
  }
}
