package org.pyparallel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// Finds out what a script imports and where that can be imported.
///
/// The bundled CPython does the work, `_doctor.py`, with throwaway children for whatever it
/// imports: Pythons of their own, and for GraalPy a run of this program.
final class ScriptExamination {
  /// How long one import may take.
  static final int SECONDS = 30;

  private static final String PROGRAM =
      "import sys; sys.path.insert(0, sys.argv[1]); from pyparallel._doctor import run; run()";

  private final Environment environment;
  private final PythonOptions python;
  private final boolean processes;

  // What the program says, line by line.
  private final List<ScriptCheck.Broken> broken = new ArrayList<>();
  private final List<ScriptCheck.Imported> imports = new ArrayList<>();
  private final Map<String, ScriptCheck.Imported> byRequest = new HashMap<>();
  private final Map<RuntimeName, List<ScriptCheck.Outcome>> outcomes =
      new EnumMap<>(RuntimeName.class);
  private boolean whole = true;

  /// @param processes whether the user's options make worker processes the choice of `auto`
  ScriptExamination(Environment environment, PythonOptions python, boolean processes) {
    this.environment = environment;
    this.python = python;
    this.processes = processes;
  }

  /// Looks at everything; takes as long as the imports do.
  ///
  /// @param name the script as the user named it
  /// @param script an absolute path
  /// @param states the runtimes on offer
  /// @throws PyParallelException.RuntimeFailed if there is no Python to look with
  ScriptCheck examine(String name, Path script, List<DoctorReport.RuntimeState> states) {
    ask(script, isAvailable(RuntimeName.GRAALPY, states));
    List<ScriptCheck.Verdict> verdicts = new ArrayList<>();
    for (DoctorReport.RuntimeState state : states) {
      if (outcomes.isEmpty()) {
        break; // the script is broken
      }
      verdicts.add(verdict(state));
    }
    return new ScriptCheck(name, broken, imports, whole, verdicts, processes);
  }

  private static boolean isAvailable(RuntimeName runtime, List<DoctorReport.RuntimeState> states) {
    return states.stream().anyMatch(state -> state.name() == runtime && state.isAvailable());
  }

  private ScriptCheck.Verdict verdict(DoctorReport.RuntimeState state) {
    if (state.availability() instanceof Availability.Missing(String reason, String _)) {
      return new ScriptCheck.Verdict(state.name(), Optional.of(reason), List.of());
    }
    return ScriptCheck.Verdict.of(state.name(), outcomes.getOrDefault(state.name(), List.of()));
  }

  private void ask(Path script, boolean graalpy) {
    Path home = environment.home().orElse(Path.of(""));
    List<String> command = new ArrayList<>();
    command.add(BundledPython.program(environment).toString());
    command.add("-c");
    command.add(PROGRAM);
    command.add(home.resolve("lib/python").toString());
    command.add(script.toString());
    command.add("");
    command.add(python.executable().map(Path::toString).orElse(""));
    command.add(processes ? "" : python.executable().map(Path::toString).orElse(""));
    command.add(python.venv().map(Path::toString).orElse(""));
    command.add(graalpy ? home.resolve("bin/pyparallel").toString() : "");
    command.add(Integer.toString(SECONDS));
    for (Path folder : python.path()) {
      command.add(folder.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!environment.workingDirectory().toString().isEmpty()) {
      builder.directory(environment.workingDirectory().toFile());
    }
    try {
      // Its standard input stays open for as long as it is wanted.
      Process process = builder.start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line;
        while ((line = lines.readLine()) != null) {
          take(line.split("\0", -1));
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new PyParallelException.RuntimeFailed(
            "the script could not be examined: " + command.getFirst() + " ended with " + status);
      }
    } catch (IOException e) {
      throw new PyParallelException.RuntimeFailed(
          "cannot start " + command.getFirst() + ": " + FileProblem.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PyParallelException.RuntimeFailed("the examination was interrupted", e);
    }
  }

  private void take(String[] fields) {
    switch (fields[0]) {
      case "broken" ->
          broken.add(
              new ScriptCheck.Broken(
                  fields[1], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[4]));
      case "import", "own" -> {
        ScriptCheck.Imported module =
            new ScriptCheck.Imported(
                fields[1],
                fields[2],
                fields[3],
                Integer.parseInt(fields[4]),
                fields[5].equals("1"),
                fields[0].equals("own"));
        imports.add(module);
        byRequest.put(module.request(), module);
      }
      case "result" -> {
        ScriptCheck.@Nullable Imported module = byRequest.get(fields[2]);
        RuntimeName runtime =
            switch (fields[1]) {
              case "process" -> RuntimeName.PROCESS;
              case "graalpy" -> RuntimeName.GRAALPY;
              default -> RuntimeName.CPYTHON;
            };
        outcomes
            .computeIfAbsent(runtime, _ -> new ArrayList<>())
            .add(new ScriptCheck.Outcome(module, ScriptCheck.Status.of(fields[3]), fields[4]));
      }
      case "cut" -> whole = false;
      default -> {} // the files that were looked into
    }
  }
}
