package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.cpython.CPythonRuntime;
import org.pyparallel.interpreter.graalpy.GraalPyRuntime;
import org.pyparallel.interpreter.process.ProcessRuntime;
import org.pyparallel.job.RuntimeName;

/// Sessions of a long day: what was typed and forgotten takes no memory.
@Timeout(120)
class LongSessionTest {
  private static final Path HOME = Path.of(System.getProperty("pyparallel.home"));
  private static final long MOST_GROWTH = 24 << 20;

  /// Types so many entries of all kinds: values, definitions, what fails, what prints, what another
  /// interpreter gets.
  private static void type(Playground playground, int entries) throws Exception {
    for (int i = 0; i < entries; i++) {
      switch (i % 8) {
        case 0 -> playground.type("def f" + i % 100 + "(x):\n    return [x] * 100\n");
        case 1 -> playground.type("f" + (i - 1) % 100 + "(" + i + ")");
        case 2 -> playground.type("undefined_" + i);
        case 3 -> playground.type("for i in range(20): print(i, 'of', 20)");
        case 4 -> playground.type("text = 'a' * 10_000");
        case 5 -> playground.type("1 +");
        case 6 -> playground.type(2, "x = " + i);
        default -> playground.type("sum(range(" + i % 1000 + "))");
      }
    }
    playground.screen().takeErrors();
  }

  private static Playground open(Runtime runtime, RuntimeName name) {
    return new Playground(_ -> runtime, name, 2);
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) << 12;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    java.lang.Runtime jvm = java.lang.Runtime.getRuntime();
    return jvm.totalMemory() - jvm.freeMemory();
  }

  @Test
  void tenThousandEntriesLeaveNothingBehindInCPython() throws Exception {
    try (Playground playground = open(new CPythonRuntime(HOME), RuntimeName.CPYTHON)) {
      type(playground, 3_000);
      long heap = heap();
      long resident = resident();

      type(playground, 10_000);

      assertThat(heap() - heap).as("heap").isLessThan(MOST_GROWTH);
      assertThat(resident() - resident).as("memory").isLessThan(2 * MOST_GROWTH);
    }
  }

  @Test
  void norInAWorkerProcess() throws Exception {
    try (Playground playground = open(new ProcessRuntime(HOME), RuntimeName.PROCESS)) {
      type(playground, 2_000);
      long memory = playground.seats().current().memoryBytes();

      type(playground, 4_000);

      assertThat(playground.seats().current().memoryBytes() - memory).isLessThan(MOST_GROWTH / 4);
    }
  }

  @Test
  void norInGraalPy() throws Exception {
    try (Playground playground = open(new GraalPyRuntime(HOME), RuntimeName.GRAALPY)) {
      type(playground, 600);
      long heap = heap();

      type(playground, 600);

      assertThat(heap() - heap).isLessThan(2 * MOST_GROWTH);
    }
  }
}
