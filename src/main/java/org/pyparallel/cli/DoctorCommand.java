package org.pyparallel.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// `doctor`: what can run here, or with a script, what can run that.
final class DoctorCommand {
  /// The options of `run` that say what a script can import.
  static final List<RunOption> PYTHON =
      List.of(PythonFlags.PYTHON, PythonFlags.VENV, PythonFlags.PYTHON_PATH);

  private final Environment environment;

  DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  /// @param arguments with one operand at most
  ExitStatus run(Arguments arguments) {
    boolean json = arguments.has("--json");
    if (!arguments.operands().isEmpty()) {
      return examine(arguments.operands().getFirst(), arguments, json);
    }
    for (RunOption option : PYTHON) {
      if (option != PythonFlags.PYTHON && arguments.has(option.longName())) {
        throw arguments.error(option.longName() + " is about a script: name one");
      }
    }
    PythonProgram program = PythonProgram.find(environment, choice(arguments));
    DoctorReport report = DoctorReport.examine(environment, program);
    print(json ? DoctorJson.of(report, null) : DoctorTable.of(report));
    return report.isHealthy() ? ExitStatus.OK : ExitStatus.BROKEN;
  }

  private ExitStatus examine(String name, Arguments arguments, boolean json) {
    Path script =
        new ProgramPlanner(environment).script(new Program.ScriptFile(name), List.of()).file();
    PythonPlanner planner = new PythonPlanner(environment, choice(arguments));
    boolean processes = planner.runtime() == RuntimeName.PROCESS;
    PythonOptions python = planner.options();
    DoctorReport report = DoctorReport.examine(environment, planner.program());
    ScriptCheck check =
        new ScriptExamination(environment, python, processes)
            .examine(name, script, report.runtimes());
    @Nullable Path folder = script.getParent();
    print(
        json
            ? DoctorJson.of(report, check)
            : ScriptTable.of(check, folder == null ? script : folder));
    return check.auto().isPresent() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static PythonChoice choice(Arguments arguments) {
    return new PythonOptionsReader(new OptionValues(arguments, null)).read();
  }

  private void print(String text) {
    StandardOutput.print(environment.stdout(), text);
  }
}
