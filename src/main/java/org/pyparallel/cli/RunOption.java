package org.pyparallel.cli;

import java.io.File;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// An option of the commands that run something. The constants are in [InputFlags], [WorkFlags],
/// [PythonFlags], [OutputFlags], [SafetyFlags] and [JournalFlags]; [RunFlags] knows which command
/// has which.
///
/// Two are the same only if they are the same object.
final class RunOption {
  /// What follows an option.
  private enum Kind {
    FLAG,
    TEXT,
    ATTACHED,
    FILE,
    CHOICE
  }

  /// The headings of the help, in order.
  enum Section {
    PROGRAM("What runs"),
    INPUT("Input"),
    RECORDS("Records"),
    SHARDING("Sharding"),
    WORKERS("Workers and runtime"),
    PYTHON("Python"),
    SANDBOX("Sandbox"),
    MERGING("Merging"),
    OUTPUT("Output"),
    TROUBLE("When things go wrong"),
    JOURNAL("Journal"),
    MESSAGES("Messages");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private final Section section;
  private final Kind kind;
  private final String label;
  private final List<String> choices;
  private final String help;
  private final List<String> names;

  private RunOption(
      Section section,
      Kind kind,
      String label,
      List<String> choices,
      String help,
      List<String> names) {
    this.section = section;
    this.kind = kind;
    this.label = label;
    this.choices = choices;
    this.help = help;
    this.names = names;
  }

  /// One without a value.
  static RunOption flag(Section section, String help, String... names) {
    return new RunOption(section, Kind.FLAG, "", List.of(), help, List.of(names));
  }

  /// One whose value is any text, called `label` in the help.
  static RunOption text(Section section, String label, String help, String... names) {
    return new RunOption(section, Kind.TEXT, label, List.of(), help, List.of(names));
  }

  /// One whose value may be left out, and is attached with `=` where it is not.
  static RunOption attached(Section section, String label, String help, String... names) {
    return new RunOption(section, Kind.ATTACHED, label, List.of(), help, List.of(names));
  }

  /// One whose value is a file's name.
  static RunOption file(Section section, String label, String help, String... names) {
    return new RunOption(section, Kind.FILE, label, List.of(), help, List.of(names));
  }

  /// One whose value is one of some words.
  static RunOption choice(
      Section section, String label, List<String> choices, String help, String... names) {
    return new RunOption(section, Kind.CHOICE, label, choices, help, List.of(names));
  }

  /// Under which heading the help shows it.
  Section section() {
    return section;
  }

  /// The values it takes, empty where any will do.
  List<String> choices() {
    return choices;
  }

  /// The long spelling.
  String longName() {
    return names.getLast();
  }

  /// Whether it may have been given in one of these words: some word is its name, a hyphen too few
  /// included, or it has a letter, which may stand anywhere among others.
  boolean isAmong(List<String> words) {
    if (names.size() > 1) {
      return true;
    }
    String name = names.getFirst();
    for (String word : words) {
      int start = word.startsWith("--") ? 0 : 1;
      int end = word.indexOf('=');
      int length = (end < 0 ? word.length() : end) + start;
      if (word.startsWith("-")
          && length == name.length()
          && name.startsWith(word.substring(0, length - start), start)) {
        return true;
      }
    }
    return false;
  }

  /// Its entry in picocli's model, made anew.
  OptionSpec spec() {
    OptionSpec.Builder spec =
        OptionSpec.builder(names.toArray(new String[0])).description(help.replace("%", "%%"));
    return switch (kind) {
      case FLAG -> spec.arity("0").type(boolean.class).build();
      case TEXT -> spec.arity("1").type(String.class).paramLabel(label).build();
      case ATTACHED -> spec.arity("0..1").type(String.class).paramLabel(label).build();
      case FILE -> spec.arity("1").type(File.class).paramLabel(label).build();
      case CHOICE ->
          spec.arity("1")
              .type(String.class)
              .paramLabel(label)
              .completionCandidates(choices)
              .build();
    };
  }
}
