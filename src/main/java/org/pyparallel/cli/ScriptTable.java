package org.pyparallel.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.pyparallel.job.RuntimeName;

/// Shows a [ScriptCheck] to people.
final class ScriptTable {
  private static final int LABEL_WIDTH = 12;

  private final StringBuilder text = new StringBuilder();
  private final Path folder;

  private ScriptTable(Path folder) {
    this.folder = folder;
  }

  /// @param folder the script's, which names of files begin with
  static String of(ScriptCheck check, Path folder) {
    ScriptTable table = new ScriptTable(folder);
    table.row("script", check.script());
    for (ScriptCheck.Broken broken : check.broken()) {
      table.row("error", table.place(broken));
    }
    if (!check.verdicts().isEmpty()) {
      table.row("imports", imports(check));
      for (ScriptCheck.Verdict verdict : check.verdicts()) {
        table.text.append('\n');
        table.verdict(check, verdict);
      }
    }
    table.text.append('\n');
    Optional<RuntimeName> auto = check.auto();
    table.row("auto", auto.isEmpty() ? "cannot run it" : "runs it on " + auto.get().label());
    table.row("  advice", check.advice());
    return table.text.toString();
  }

  private static String imports(ScriptCheck check) {
    long own = check.imports().stream().filter(ScriptCheck.Imported::own).count();
    long others = check.imports().size() - own;
    return others
        + (others == 1 ? " module" : " modules")
        + (own == 0 ? "" : ", and " + own + " beside the script")
        + (check.whole() ? "" : "; there are more, which were not looked at");
  }

  private void verdict(ScriptCheck check, ScriptCheck.Verdict verdict) {
    String label = verdict.runtime().label();
    if (verdict.unavailable().isPresent()) {
      row(label, "not available");
      row("  reason", verdict.unavailable().get());
      return;
    }
    row(
        label,
        verdict.canRun()
            ? "can run it"
            : check.movesOn(verdict) ? "moves on to a process per worker" : "cannot run it");
    for (ScriptCheck.Outcome trouble : verdict.troubles()) {
      row("  " + label(trouble.status()), explanation(trouble));
    }
  }

  private static String label(ScriptCheck.Status status) {
    return switch (status) {
      case REFUSED -> "refuses";
      case MISSING -> "missing";
      case CRASHED -> "crashes";
      case STUCK -> "hangs";
      case FAILED, OK -> "fails";
    };
  }

  private String explanation(ScriptCheck.Outcome trouble) {
    ScriptCheck.Imported module = trouble.module();
    if (module == null) {
      return "the script itself: " + trouble.detail();
    }
    String culprit = trouble.culprit();
    String what =
        switch (trouble.status()) {
          case REFUSED ->
              module.name().equals(culprit) ? culprit : module.name() + " (" + culprit + ")";
          case MISSING ->
              module.name().equals(culprit) ? culprit : culprit + ", for " + module.name();
          case CRASHED, STUCK, FAILED, OK -> module.name() + ": " + trouble.detail();
        };
    return what
        + "; "
        + relative(module.file())
        + ", line "
        + module.line()
        + (module.needed() ? "" : "; the script can do without");
  }

  private String place(ScriptCheck.Broken broken) {
    StringBuilder place = new StringBuilder(relative(broken.file()));
    if (broken.line() > 0) {
      place.append(", line ").append(broken.line());
    }
    if (broken.column() > 0) {
      place.append(", column ").append(broken.column());
    }
    return place.append(": ").append(broken.reason()).toString();
  }

  private String relative(String file) {
    Path path = Path.of(file);
    return path.startsWith(folder) ? folder.relativize(path).toString() : file;
  }

  private void row(String label, String value) {
    if (!value.isEmpty()) {
      text.append(label).repeat(' ', LABEL_WIDTH - label.length()).append(value).append('\n');
    }
  }
}
