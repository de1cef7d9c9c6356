package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;

/// Shows a [DoctorReport] to programs: one JSON object, schema `pyparallel.doctor/1`.
final class DoctorJson {
  private final StringBuilder text = new StringBuilder();

  private DoctorJson() {}

  /// @param check what was found out about a script, or null where none was named
  static String of(DoctorReport report, @Nullable ScriptCheck check) {
    DoctorJson json = new DoctorJson();
    json.text.append("{\n");
    json.string("  ", "schema", "pyparallel.doctor/1");
    json.string("  ", "version", report.version());
    json.string("  ", "home", report.home());
    json.string("  ", "java", report.java().version());
    json.string("  ", "vendor", report.java().vendor());
    json.string("  ", "java_home", report.java().home());
    json.flag("java_bundled", report.java().isBundled());
    json.number("cores", report.cores());
    json.number("memory_bytes", report.memoryBytes());
    json.string("  ", "python", report.python());
    json.text.append("  \"runtimes\": [");
    String separator = "\n";
    for (DoctorReport.RuntimeState state : report.runtimes()) {
      json.text.append(separator);
      json.runtime(state);
      separator = ",\n";
    }
    json.text.append("\n  ]");
    if (check != null) {
      json.text.append(",\n  \"script\": ");
      new ScriptJson(json.text).append(check);
    }
    json.text.append("\n}\n");
    return json.text.toString();
  }

  private void runtime(DoctorReport.RuntimeState state) {
    text.append("    {\n");
    string("      ", "name", state.name().label());
    text.append("      \"available\": ").append(state.isAvailable()).append(",\n");
    switch (state.availability()) {
      case Availability.Available(String version, String detail, String advice) -> {
        string("      ", "version", version);
        string("      ", "detail", detail);
        string("      ", "build", state.build());
        last("advice", advice);
      }
      case Availability.Missing(String reason, String remedy) -> {
        string("      ", "reason", reason);
        last("remedy", remedy);
      }
    }
    text.append("    }");
  }

  private void string(String indent, String name, String value) {
    text.append(indent).append('"').append(name).append("\": ");
    quote(value);
    text.append(",\n");
  }

  private void last(String name, String value) {
    text.append("      \"").append(name).append("\": ");
    quote(value);
    text.append('\n');
  }

  private void flag(String name, boolean value) {
    text.append("  \"").append(name).append("\": ").append(value).append(",\n");
  }

  private void number(String name, long value) {
    text.append("  \"").append(name).append("\": ").append(value).append(",\n");
  }

  private void quote(String value) {
    quote(text, value);
  }

  /// Appends a JSON string.
  static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\u00").append(Character.forDigit(c >> 4, 16));
            text.append(Character.forDigit(c & 15, 16));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
