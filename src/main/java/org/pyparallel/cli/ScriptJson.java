package org.pyparallel.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// Shows a [ScriptCheck] to programs: the member `script` of `doctor`'s object.
final class ScriptJson {
  private final StringBuilder text;

  /// @param text what is written so far
  ScriptJson(StringBuilder text) {
    this.text = text;
  }

  void append(ScriptCheck check) {
    text.append("{\n    \"file\": ");
    DoctorJson.quote(text, check.script());
    text.append(",\n    \"runs\": ").append(check.auto().isPresent());
    check.auto().ifPresent(runtime -> field(",\n    ", "runtime", runtime.label()));
    field(",\n    ", "advice", check.advice());
    text.append(",\n    \"whole\": ").append(check.whole());
    list("broken", check.broken(), ScriptJson::broken);
    list("imports", check.imports(), ScriptJson::imported);
    list("runtimes", check.verdicts(), ScriptJson::verdict);
    text.append("\n  }");
  }

  private void broken(ScriptCheck.Broken broken) {
    field("{", "file", broken.file());
    text.append(", \"line\": ").append(broken.line());
    text.append(", \"column\": ").append(broken.column());
    field(", ", "reason", broken.reason());
    text.append('}');
  }

  private void imported(ScriptCheck.Imported module) {
    field("{", "module", module.name());
    place(module);
    text.append(", \"own\": ").append(module.own()).append('}');
  }

  private void place(ScriptCheck.Imported module) {
    field(", ", "file", module.file());
    text.append(", \"line\": ").append(module.line());
    text.append(", \"needed\": ").append(module.needed());
  }

  private void verdict(ScriptCheck.Verdict verdict) {
    field("{", "name", verdict.runtime().label());
    text.append(", \"runs\": ").append(verdict.canRun());
    verdict.unavailable().ifPresent(reason -> field(", ", "reason", reason));
    text.append(", \"troubles\": [");
    String separator = "\n        ";
    for (ScriptCheck.Outcome trouble : verdict.troubles()) {
      text.append(separator);
      trouble(trouble);
      separator = ",\n        ";
    }
    text.append(verdict.troubles().isEmpty() ? "]}" : "\n      ]}");
  }

  private void trouble(ScriptCheck.Outcome trouble) {
    field("{", "status", trouble.status().name().toLowerCase(Locale.ROOT));
    ScriptCheck.Imported module = trouble.module();
    if (module != null) {
      field(", ", "module", module.name());
      place(module);
    }
    field(", ", "culprit", trouble.culprit());
    field(", ", "detail", trouble.detail());
    text.append('}');
  }

  private <T> void list(String name, List<T> items, BiConsumer<ScriptJson, T> write) {
    text.append(",\n    \"").append(name).append("\": [");
    String separator = "\n      ";
    for (T item : items) {
      text.append(separator);
      write.accept(this, item);
      separator = ",\n      ";
    }
    text.append(items.isEmpty() ? "]" : "\n    ]");
  }

  private void field(String before, String name, String value) {
    text.append(before).append('"').append(name).append("\": ");
    DoctorJson.quote(text, value);
  }
}
