package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.cli.ScriptCheck.Broken;
import org.pyparallel.cli.ScriptCheck.Imported;
import org.pyparallel.cli.ScriptCheck.Outcome;
import org.pyparallel.cli.ScriptCheck.Status;
import org.pyparallel.cli.ScriptCheck.Verdict;
import org.pyparallel.job.RuntimeName;

/// What `doctor SCRIPT` makes of its findings.
class ScriptCheckTest {
  private static final Imported JSON = module("json", 1, true, false);
  private static final Imported NUMPY = module("numpy", 2, true, false);
  private static final Imported PANDAS = module("pandas", 3, true, false);
  private static final Imported UJSON = module("ujson", 5, false, false);
  private static final Imported OWN = module("helper", 8, true, true);

  private static final Outcome REFUSED =
      new Outcome(NUMPY, Status.REFUSED, "numpy._core._multiarray_umath");

  @TempDir Path directory;

  private static Imported module(String name, int line, boolean needed, boolean own) {
    return new Imported(name, name, "/work/script.py", line, needed, own);
  }

  private static Outcome ok(Imported module) {
    return new Outcome(module, Status.OK, "");
  }

  private static Verdict verdict(RuntimeName runtime, Outcome... outcomes) {
    return Verdict.of(runtime, List.of(outcomes));
  }

  private static ScriptCheck check(boolean processes, Verdict... verdicts) {
    return new ScriptCheck(
        "script.py",
        List.of(),
        List.of(JSON, NUMPY, PANDAS, UJSON, OWN),
        true,
        List.of(verdicts),
        processes);
  }

  private static ScriptCheck everything() {
    return check(
        false,
        verdict(
            RuntimeName.CPYTHON,
            ok(JSON),
            REFUSED,
            new Outcome(PANDAS, Status.MISSING, "pytz.lazy"),
            new Outcome(UJSON, Status.MISSING, "ujson"),
            new Outcome(OWN, Status.REFUSED, "numpy._core._multiarray_umath")),
        new Verdict(RuntimeName.GRAALPY, Optional.of("no JVMCI"), List.of()),
        verdict(
            RuntimeName.PROCESS,
            new Outcome(JSON, Status.STUCK, "it was not imported after 30 s"),
            new Outcome(NUMPY, Status.CRASHED, "it crashes the process (SIGSEGV)"),
            new Outcome(PANDAS, Status.FAILED, "ValueError: \"no\""),
            new Outcome(null, Status.FAILED, "SyntaxError: invalid syntax (script.py, line 2)")));
  }

  @Test
  void tableForPeople() {
    Golden.check("doctor-script.txt", ScriptTable.of(everything(), Path.of("/work")));
  }

  @Test
  void objectForPrograms() {
    StringBuilder text = new StringBuilder();
    new ScriptJson(text).append(everything());

    Golden.check("doctor-script.json", text.append('\n').toString());
  }

  @Test
  void aScriptThatCannotBeParsedGivesThePlace() {
    ScriptCheck check =
        new ScriptCheck(
            "script.py",
            List.of(new Broken("/work/script.py", 3, 7, "invalid syntax")),
            List.of(),
            true,
            List.of(),
            false);

    assertThat(ScriptTable.of(check, Path.of("/work")))
        .isEqualTo(
            """
            script      script.py
            error       script.py, line 3, column 7: invalid syntax

            auto        cannot run it
            """);
    assertThat(check.auto()).isEmpty();
  }

  @Test
  void autoIsCPythonWhereThatCan() {
    Verdict fine = verdict(RuntimeName.CPYTHON, ok(JSON), new Outcome(UJSON, Status.MISSING, "u"));

    assertThat(check(false, fine).auto()).contains(RuntimeName.CPYTHON);
    assertThat(check(true, fine).auto()).isEmpty();
    assertThat(check(true, fine, verdict(RuntimeName.PROCESS, ok(JSON))).auto())
        .contains(RuntimeName.PROCESS);
  }

  @Test
  void autoMovesOnOnlyFromModulesThatRefuse() {
    Verdict processes = verdict(RuntimeName.PROCESS, ok(NUMPY));
    Verdict refusing = verdict(RuntimeName.CPYTHON, REFUSED);
    Verdict missing =
        verdict(RuntimeName.CPYTHON, REFUSED, new Outcome(PANDAS, Status.MISSING, "pandas"));

    assertThat(check(false, refusing, processes).auto()).contains(RuntimeName.PROCESS);
    assertThat(check(false, refusing).auto()).isEmpty();
    ScriptCheck other = check(false, missing, processes);
    assertThat(other.auto()).isEmpty();
    assertThat(other.advice()).isEqualTo("use --runtime process");
  }

  @Test
  void needsAScriptThatIsThere() {
    Shell shell = new Shell(directory);

    assertThat(shell.type("doctor", "nothing.py")).isEqualTo(2);
    assertThat(shell.stderr()).contains("no such script: nothing.py");
    assertThat(shell.type("doctor", "a.py", "b.py")).isEqualTo(2);
    assertThat(shell.stderr()).contains("unexpected argument 'b.py'");
    assertThat(shell.type("doctor", "--venv", "x")).isEqualTo(2);
    assertThat(shell.stderr()).contains("--venv is about a script: name one");
  }
}
