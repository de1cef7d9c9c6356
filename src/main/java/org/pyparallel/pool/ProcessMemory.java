package org.pyparallel.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory this process has: what Linux says is resident, elsewhere what the Java heap
/// takes.
final class ProcessMemory implements MemoryWatch.Resident {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LABEL = "VmRSS:";
  private static final int KIB = 1024;

  @Override
  public long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(LABEL)) {
          String number = line.substring(LABEL.length()).replace("kB", "").strip();
          return Long.parseLong(number) * KIB;
        }
      }
    } catch (IOException | NumberFormatException _) {
      // no Linux
    }
    Runtime machine = Runtime.getRuntime();
    return machine.totalMemory() - machine.freeMemory();
  }
}
