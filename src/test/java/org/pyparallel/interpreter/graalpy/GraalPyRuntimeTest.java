package org.pyparallel.interpreter.graalpy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.pyparallel.interpreter.InterpreterContract;
import org.pyparallel.interpreter.Runtime;

final class GraalPyRuntimeTest extends InterpreterContract {
  private static final GraalPyRuntime RUNTIME =
      new GraalPyRuntime(Path.of(System.getProperty("pyparallel.home")));

  @Override
  public Runtime runtime() {
    return RUNTIME;
  }

  @AfterAll
  static void close() {
    RUNTIME.close();
  }
}
