package org.pyparallel.interpreter.process;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Pythons that a machine may have besides the bundled one.
final class OtherPythons {
  private OtherPythons() {}

  /// A program of that name which runs and is new enough for process workers; null where there is
  /// none.
  static @Nullable Path onPath(String name) {
    for (String entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path program = Path.of(entry.isEmpty() ? "." : entry).resolve(name).toAbsolutePath();
      if (Files.isExecutable(program)) {
        String[] numbers = new Python(program, "").version().split("\\.", -1);
        if (numbers.length > 2 && numbers[0].equals("3") && Integer.parseInt(numbers[1]) >= 9) {
          return program;
        }
      }
    }
    return null;
  }
}
