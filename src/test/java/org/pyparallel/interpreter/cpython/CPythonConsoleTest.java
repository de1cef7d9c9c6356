package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.ConsoleSession;

/// What works in a console as at the prompt of `python3.14`, though it is a subinterpreter.
final class CPythonConsoleTest {
  private static final CPythonRuntime RUNTIME =
      new CPythonRuntime(Path.of(System.getProperty("pyparallel.home")));

  @Test
  void interpretersAreMadeAndCalled() {
    try (ConsoleSession console = ConsoleSession.open(RUNTIME)) {
      console.run("from concurrent import interpreters");
      console.run("other = interpreters.create()");
      assertThat(console.show("other.exec('x = 6 * 7')")).isEmpty();
      assertThat(console.run("other.exec('x / 0')"))
          .startsWith("error", "concurrent.interpreters.ExecutionFailed");
      console.run("def double(n):\n    return 2 * n\n");
      assertThat(console.show("other.call(double, 21)")).isEqualTo("42\n");
      console.run("other.prepare_main(given=7)");
      assertThat(console.show("other.is_running()")).isEqualTo("False\n");
      assertThat(console.show("len(interpreters.list_all()) >= 2")).isEqualTo("True\n");
      assertThat(console.show("interpreters.get_current() in interpreters.list_all()"))
          .isEqualTo("True\n");
      console.run("thread = other.call_in_thread(exec, 'y = 1')\nthread.join()");
      assertThat(console.show("other.close()")).isEmpty();
    }
  }

  @Test
  void queuesConnectThem() {
    try (ConsoleSession console = ConsoleSession.open(RUNTIME)) {
      console.run(
          """
          from concurrent import interpreters
          there, back = interpreters.create_queue(), interpreters.create_queue()
          other = interpreters.create()
          other.prepare_main(there=there, back=back)
          def serve():
              other.exec("while (x := there.get()) is not None: back.put(x * x)")
          import threading
          thread = threading.Thread(target=serve)
          thread.start()
          """);
      assertThat(
              console.show(
                  "for i in range(5): there.put(i)\n[back.get(timeout=20) for i in range(5)]"))
          .isEqualTo("[0, 1, 4, 9, 16]\n");
      assertThat(console.show("there.put(None); thread.join(); other.close()")).isEmpty();
    }
  }

  @Test
  void interpreterPoolsWork() {
    try (ConsoleSession console = ConsoleSession.open(RUNTIME)) {
      console.run("from concurrent.futures import InterpreterPoolExecutor");
      console.run("import math");
      assertThat(
              console.show(
                  "with InterpreterPoolExecutor(2) as pool: print(list(pool.map(math.sqrt, [1, 4, 9])))"))
          .isEqualTo("[1.0, 2.0, 3.0]\n");
      console.run("def double(n):\n    return 2 * n\n");
      assertThat(
              console.show(
                  "with InterpreterPoolExecutor(2) as pool: print(list(pool.map(double, range(3))))"))
          .isEqualTo("[0, 2, 4]\n");
    }
  }
}
