package org.pyparallel.repl;

import java.util.List;

/// What a seat answered.
///
/// @param fields the console's answer; or `died` and why
record SeatAnswer(SessionSeat seat, List<String> fields) {
  SeatAnswer {
    fields = List.copyOf(fields);
  }

  boolean isOk() {
    return switch (status()) {
      case "error", "exit", "interrupted", "died" -> false;
      default -> true;
    };
  }

  /// `ok` or what went wrong; else the first of the values.
  private String status() {
    return fields.isEmpty() ? "" : fields.getFirst();
  }

  boolean isInterrupted() {
    return status().equals("interrupted");
  }

  /// The answer without `ok` in front.
  List<String> values() {
    return status().equals("ok") ? fields.subList(1, fields.size()) : fields;
  }

  /// What went wrong, all that Python would have printed of it; lines, no line feed at the end.
  String report() {
    return switch (status()) {
      case "interrupted" -> "KeyboardInterrupt";
      case "exit" -> "SystemExit: " + field(1) + " (%interp close ends one interpreter)";
      case "error" -> field(3).isEmpty() ? problem() : field(3).stripTrailing();
      default -> field(1);
    };
  }

  /// What went wrong, in one line.
  String problem() {
    if (!status().equals("error")) {
      return report();
    }
    String message = field(2);
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.isEmpty() ? field(1) : field(1) + ": " + line;
  }

  private String field(int index) {
    return index < fields.size() ? fields.get(index) : "";
  }
}
