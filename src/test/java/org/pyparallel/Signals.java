package org.pyparallel;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the signals of this process are set to, which its children inherit.
public final class Signals {
  private static final int HANG_UP = 1;
  private static final String IGNORED = "SigIgn:";

  private Signals() {}

  /// Skips a test about SIGHUP where that is ignored, as under nohup: whoever starts a program so
  /// wants it to go on, and Java leaves it at that.
  public static void needHangUp() throws IOException {
    assumeFalse(isIgnored(HANG_UP), "SIGHUP is ignored here, as under nohup");
  }

  private static boolean isIgnored(int number) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(IGNORED)) {
        long set = Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16);
        return (set >> (number - 1) & 1) == 1;
      }
    }
    return false;
  }
}
