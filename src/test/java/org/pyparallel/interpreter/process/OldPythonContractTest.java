package org.pyparallel.interpreter.process;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// The contract on the oldest Python that process workers may have, where there is one.
final class OldPythonContractTest extends InterpreterContract {
  private static final @Nullable Path PROGRAM = OtherPythons.onPath("python3.9");

  @BeforeAll
  static void isThere() {
    Assumptions.assumeTrue(PROGRAM != null, "there is no python3.9");
  }

  @Override
  public Runtime runtime() {
    return new WithProgram(
        new ProcessRuntime(Workplace.HOME), java.util.Objects.requireNonNull(PROGRAM));
  }

  /// Before 3.13 Python's own limit on recursion is what bounds it.
  @Test
  @Override
  public void writesValuesThatAreNestedDeep() {
    Assumptions.abort("this Python goes less deep");
  }

  /// Process workers, whatever the plan says, with one program.
  private record WithProgram(ProcessRuntime runtime, Path program) implements Runtime {
    @Override
    public RuntimeName name() {
      return runtime.name();
    }

    @Override
    public Availability availability() {
      return runtime.availability();
    }

    @Override
    public Interpreter open(InterpreterConfig config) {
      PythonOptions given = config.plan().python();
      PythonOptions options =
          new PythonOptions(
              Optional.of(program), given.venv(), given.path(), given.seed(), given.sandbox());
      return runtime.open(
          new InterpreterConfig(
              config.plan().with(options),
              config.worker(),
              config.shardCount(),
              config.diagnostics(),
              config.opening()));
    }

    @Override
    public Console console(ConsoleConfig config, ConsoleOutput output) {
      PythonOptions given = config.python();
      PythonOptions options =
          new PythonOptions(
              Optional.of(program), given.venv(), given.path(), given.seed(), given.sandbox());
      return runtime.console(new ConsoleConfig(options, config.number(), config.workers()), output);
    }

    @Override
    public void close() {
      runtime.close();
    }
  }
}
