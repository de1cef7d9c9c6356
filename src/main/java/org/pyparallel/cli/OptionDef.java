package org.pyparallel.cli;

import java.util.List;

/// One option of a command: what the parser accepts, the help says and the completions offer.
///
/// @param section under which heading the help shows it
/// @param names its spellings, short ones first
/// @param kind what its value is
/// @param label how the help calls its value, empty for a flag
/// @param choices the values it takes, empty unless `kind` is [Kind#CHOICE]
/// @param help one or two sentences
record OptionDef(
    Section section,
    List<String> names,
    Kind kind,
    String label,
    List<String> choices,
    String help) {
  /// What follows an option.
  enum Kind {
    /// Nothing: it is a flag.
    FLAG,
    /// Some text or number.
    TEXT,
    /// The name of a file.
    FILE,
    /// One of a fixed set of words.
    CHOICE
  }

  /// The headings of the help, in order.
  enum Section {
    SCRIPT("Script"),
    INPUT("Input"),
    SHARDING("Sharding"),
    WORKERS("Workers and runtime"),
    OUTPUT("Output"),
    MESSAGES("Messages"),
    OPTIONS("Options");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  OptionDef {
    names = List.copyOf(names);
    choices = List.copyOf(choices);
  }

  static OptionDef flag(Section section, List<String> names, String help) {
    return new OptionDef(section, names, Kind.FLAG, "", List.of(), help);
  }

  static OptionDef text(Section section, List<String> names, String label, String help) {
    return new OptionDef(section, names, Kind.TEXT, label, List.of(), help);
  }

  static OptionDef file(Section section, List<String> names, String label, String help) {
    return new OptionDef(section, names, Kind.FILE, label, List.of(), help);
  }

  static OptionDef choice(
      Section section, List<String> names, String label, List<String> choices, String help) {
    return new OptionDef(section, names, Kind.CHOICE, label, choices, help);
  }

  /// Whether it is the same option of the same command.
  boolean is(OptionDef other) {
    return name().equals(other.name());
  }

  boolean takesValue() {
    return kind != Kind.FLAG;
  }

  /// The spelling used in messages and as a key: the long one.
  String name() {
    return names.getLast();
  }

  /// The first clause of the help, for where there is one line for it.
  String brief() {
    int end = help.length();
    for (String stop : List.of(". ", ": ", "; ")) {
      int found = help.indexOf(stop);
      end = found < 0 ? end : Math.min(end, found);
    }
    String clause = help.substring(0, end);
    return clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause;
  }
}
