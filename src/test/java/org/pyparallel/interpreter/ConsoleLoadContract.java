package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.RuntimeName;

/// That a console can be used for as long as one likes.
interface ConsoleLoadContract extends Subject {
  int EVALUATIONS = 2_000;

  /// What each evaluation makes and lets go of, several times: once from all of them is twice the
  /// bound.
  int BYTES = 100_000;

  @Test
  default void evaluationsLeaveNothingBehind() throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc");
    try (ConsoleSession console = ConsoleSession.open(runtime())) {
      evaluate(console, EVALUATIONS / 4);
      long before = memory(console);
      evaluate(console, EVALUATIONS);
      assertThat(memory(console) - before).isLessThan((long) EVALUATIONS * BYTES / 2);
    }
  }

  private static void evaluate(ConsoleSession console, int times) {
    for (int i = 0; i < times; i++) {
      console.run("value = 'x' * %d; value".formatted(BYTES));
      assertThat(console.takeOutput()).hasSize(BYTES + 3);
      if (i % 20 == 0) {
        assertThat(console.ask("dump", "value").getFirst()).hasSizeGreaterThan(BYTES);
      }
      assertThat(console.run("Out.clear(); {}[value]")).startsWith("error", "KeyError");
    }
  }

  /// Of the console's process, or of the heap where that is what holds its values.
  private long memory(ConsoleSession console) throws IOException {
    long own = console.console().memoryBytes();
    if (own > 0) {
      return own;
    }
    System.gc();
    if (runtime().name() == RuntimeName.GRAALPY) {
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.substring(6, line.length() - 2).strip()) << 10;
      }
    }
    return 0;
  }
}
