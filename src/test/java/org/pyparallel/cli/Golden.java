package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares output with a file under `src/test/resources`. With `-Dgolden=update` the files are
/// written anew, for a look at the difference.
final class Golden {
  private Golden() {}

  static void check(String name, String actual) {
    try {
      if ("update".equals(System.getProperty("golden"))) {
        Path file = Path.of("src/test/resources/org/pyparallel/cli", name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      try (InputStream golden = Golden.class.getResourceAsStream(name)) {
        assertThat(golden).as("golden file %s", name).isNotNull();
        String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(actual).as(name).isEqualTo(expected);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
