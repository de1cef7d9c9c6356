package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RuntimeName;

/// What `doctor SCRIPT` found out.
///
/// @param script as the user named it
/// @param broken the files that cannot be parsed
/// @param imports what it imports, the modules beside it last; empty where the script is broken
/// @param whole whether these are all: there is a limit
/// @param verdicts each runtime's, best first; empty where the script is broken
/// @param processes whether the user's options make worker processes the choice of `auto`
record ScriptCheck(
    String script,
    List<Broken> broken,
    List<Imported> imports,
    boolean whole,
    List<Verdict> verdicts,
    boolean processes) {
  ScriptCheck {
    broken = List.copyOf(broken);
    imports = List.copyOf(imports);
    verdicts = List.copyOf(verdicts);
  }

  /// A file that cannot be parsed.
  ///
  /// @param line from 1, or 0 where unknown
  /// @param column from 1, or 0 where unknown
  record Broken(String file, int line, int column, String reason) {}

  /// A module that is imported.
  ///
  /// @param request what the driver's `_probe.py` is asked
  /// @param name the module
  /// @param file where it is imported first
  /// @param line the line there, from 1
  /// @param needed whether the script cannot do without
  /// @param own whether it lies beside the script
  record Imported(
      String request, String name, String file, int line, boolean needed, boolean own) {}

  /// What became of an import.
  enum Status {
    OK,
    /// It does not support subinterpreters.
    REFUSED,
    /// There is no such module.
    MISSING,
    /// It raised.
    FAILED,
    /// It ended its process.
    CRASHED,
    /// It did not come to an end in time.
    STUCK;

    static Status of(String label) {
      return switch (label) {
        case "ok" -> OK;
        case "refused" -> REFUSED;
        case "missing" -> MISSING;
        case "crashed" -> CRASHED;
        case "stuck" -> STUCK;
        default -> FAILED;
      };
    }
  }

  /// What became of one import on one runtime.
  ///
  /// @param module null for the script as a whole
  /// @param detail the module behind it for [Status#REFUSED] and [Status#MISSING], else why
  record Outcome(@Nullable Imported module, Status status, String detail) {
    boolean isNeeded() {
      return module == null || module.needed();
    }

    /// The module that is to blame, in full.
    String culprit() {
      boolean knows = status == Status.REFUSED || status == Status.MISSING;
      return knows || module == null ? detail : module.name();
    }
  }

  /// How a script does on one runtime.
  ///
  /// @param unavailable why the runtime is not there, or empty
  /// @param troubles what cannot be imported, each cause once
  record Verdict(RuntimeName runtime, Optional<String> unavailable, List<Outcome> troubles) {
    Verdict {
      troubles = List.copyOf(troubles);
    }

    /// @param outcomes in the order of the imports
    static Verdict of(RuntimeName runtime, List<Outcome> outcomes) {
      List<Outcome> troubles = new ArrayList<>();
      Set<String> told = new HashSet<>();
      for (Outcome outcome : outcomes) {
        boolean own = outcome.module() != null && outcome.module().own();
        if (outcome.status() != Status.OK
            && (told.add(outcome.status() + outcome.culprit() + outcome.isNeeded()) || !own)) {
          troubles.add(outcome);
        }
      }
      return new Verdict(runtime, Optional.empty(), troubles);
    }

    /// Whether everything that is needed can be imported.
    boolean canRun() {
      return unavailable.isEmpty() && troubles.stream().noneMatch(Outcome::isNeeded);
    }

    /// Whether nothing stands in the way but modules that do not support subinterpreters.
    boolean onlyRefuses() {
      return unavailable.isEmpty()
          && troubles.stream()
              .filter(Outcome::isNeeded)
              .allMatch(trouble -> trouble.status() == Status.REFUSED);
    }
  }

  private Optional<Verdict> verdict(RuntimeName runtime) {
    return verdicts.stream().filter(verdict -> verdict.runtime() == runtime).findFirst();
  }

  /// The runtime that `--runtime auto` ends up on, or empty where it cannot run the script.
  Optional<RuntimeName> auto() {
    if (!broken.isEmpty()) {
      return Optional.empty();
    }
    boolean inProcesses = verdict(RuntimeName.PROCESS).filter(Verdict::canRun).isPresent();
    Optional<Verdict> cpython = verdict(RuntimeName.CPYTHON);
    if (!processes && cpython.filter(Verdict::canRun).isPresent()) {
      return Optional.of(RuntimeName.CPYTHON);
    }
    boolean moves = processes || cpython.filter(Verdict::onlyRefuses).isPresent();
    return moves && inProcesses ? Optional.of(RuntimeName.PROCESS) : Optional.empty();
  }

  /// Whether a run on this runtime goes on in worker processes.
  boolean movesOn(Verdict verdict) {
    return verdict.runtime() == RuntimeName.CPYTHON
        && !verdict.canRun()
        && verdict.onlyRefuses()
        && verdict(RuntimeName.PROCESS).filter(Verdict::canRun).isPresent();
  }

  /// What to do where `--runtime auto` cannot run the script, or empty.
  String advice() {
    if (!broken.isEmpty() || auto().isPresent()) {
      return "";
    }
    for (Verdict verdict : verdicts) {
      if (verdict.canRun()) {
        String runtime = "--runtime " + verdict.runtime().label();
        return processes ? "use " + runtime + " without that Python" : "use " + runtime;
      }
    }
    List<String> missing = missing();
    return missing.isEmpty()
        ? ""
        : "install "
            + String.join(", ", missing)
            + " into a virtual environment (pyparallel python -m venv DIR; DIR/bin/pip install"
            + " ...) and give --venv DIR";
  }

  private List<String> missing() {
    List<String> names = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      for (Outcome trouble : verdict.troubles()) {
        String name = trouble.detail();
        int dot = name.indexOf('.');
        String top = dot < 0 ? name : name.substring(0, dot);
        if (!top.startsWith("_") // a part of another module, which nobody can install
            && verdict.runtime() != RuntimeName.GRAALPY
            && trouble.status() == Status.MISSING
            && trouble.isNeeded()
            && !names.contains(top)) {
          names.add(top);
        }
      }
    }
    return names;
  }
}
