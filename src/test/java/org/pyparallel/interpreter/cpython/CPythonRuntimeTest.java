package org.pyparallel.interpreter.cpython;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.Runtime;

final class CPythonRuntimeTest extends InterpreterContract {
  private static final CPythonRuntime RUNTIME =
      new CPythonRuntime(Path.of(System.getProperty("pyparallel.home")));

  @Override
  public Runtime runtime() {
    return RUNTIME;
  }

  @AfterAll
  static void close() {
    RUNTIME.close();
  }
}
