package org.pyparallel.interpreter.process;

import java.nio.file.Path;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.Runtime;

final class ProcessContractTest extends InterpreterContract {
  private static final ProcessRuntime RUNTIME =
      new ProcessRuntime(Path.of(System.getProperty("pyparallel.home")));

  @Override
  public Runtime runtime() {
    return RUNTIME;
  }
}
